namespace ActorP2P.Determinism;

/// <summary>
/// A claim does not hold. The run of the simulation ends with it, whoever catches it where it is thrown.
/// </summary>
public sealed class ClaimFailedException : SimulationException
{
    internal ClaimFailedException(ClaimKind kind, string name, string place, ulong seed, TimeSpan now)
        : base(
            kind == ClaimKind.Unreachable
                ? $"Reached, though claimed unreachable: {name} [{place}]"
                : $"Not always so: {name} [{place}]",
            seed,
            now)
    {
        Kind = kind;
        Claim = name;
        Place = place;
    }

    /// <summary>What the claim says.</summary>
    public ClaimKind Kind { get; }

    /// <summary>The name of the claim.</summary>
    public string Claim { get; }

    /// <summary>The file and line of the claim.</summary>
    public string Place { get; }
}
