namespace ActorP2P.Determinism;

/// <summary>
/// The pairs that runs have seen: a type of message, and the type of its receiver together with the type of message
/// that this one handled before.
/// </summary>
internal sealed class SeenPairs
{
    private readonly HashSet<PairOfTypes> _seen = [];

    /// <summary>Whether a pair has been seen.</summary>
    public bool Has(in PairOfTypes pair) => _seen.Contains(pair);

    public void Add(in PairOfTypes pair) => _seen.Add(pair);

    /// <summary>Adds all that another run has seen.</summary>
    public void Add(SeenPairs others) => _seen.UnionWith(others._seen);
}
