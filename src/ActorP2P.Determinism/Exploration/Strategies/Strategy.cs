namespace ActorP2P.Determinism;

/// <summary>Decides which of the ready turns of a run comes next.</summary>
internal abstract class Strategy
{
    /// <summary>The place of the next turn in the list, which is in the order in which turns became ready.</summary>
    /// <param name="ready">The ready turns, at least two.</param>
    /// <param name="step">How many turns have been taken.</param>
    public abstract int Next(List<Turn> ready, int step);

    /// <summary>A turn is taken, be it the only one.</summary>
    public virtual void Taken(Turn turn)
    {
        // Most strategies look at what is ready alone.
    }
}
