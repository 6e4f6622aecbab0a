namespace ActorP2P.Determinism;

/// <summary>Prefers turns that show a pair of message type and receiver which no earlier run has shown.</summary>
/// <param name="random">Decides between several.</param>
/// <param name="earlier">What earlier runs have seen; it does not change during the run.</param>
internal sealed class UnseenPairsStrategy(Random random, SeenPairs earlier) : Strategy
{
    private readonly List<int> _unseen = [];

    /// <summary>What this run has seen.</summary>
    public SeenPairs Own { get; } = new();

    public override int Next(List<Turn> ready, int step)
    {
        _unseen.Clear();
        for (int index = 0; index < ready.Count; index++)
        {
            PairOfTypes pair = PairOfTypes.Of(ready[index]);
            if (pair.Message is not null && !earlier.Has(pair) && !Own.Has(pair))
            {
                _unseen.Add(index);
            }
        }
        return _unseen.Count > 0 ? _unseen[random.Next(_unseen.Count)] : random.Next(ready.Count);
    }

    public override void Taken(Turn turn) => Own.Add(PairOfTypes.Of(turn));
}
