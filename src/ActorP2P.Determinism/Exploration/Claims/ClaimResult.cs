namespace ActorP2P.Determinism;

/// <summary>What an exploration knows of a claim.</summary>
/// <param name="Kind">What the claim says.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reached">How often its place was reached in all runs.</param>
/// <param name="Held">How often its condition held there.</param>
public sealed record ClaimResult(ClaimKind Kind, string Name, long Reached, long Held)
{
    /// <summary>
    /// Whether the claim is met: <c>Always</c> and <c>Unreachable</c> never failed, <c>Sometimes</c> held once,
    /// <c>Reachable</c> was reached.
    /// </summary>
    public bool IsMet => Kind switch
    {
        ClaimKind.Always => Held == Reached,
        ClaimKind.Unreachable => Reached == 0,
        _ => Held > 0,
    };
}
