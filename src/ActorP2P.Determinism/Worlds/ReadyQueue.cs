namespace ActorP2P.Determinism;

/// <summary>The work that a node must do now, and the decision which of it comes next.</summary>
internal abstract class ReadyQueue
{
    public abstract bool IsEmpty { get; }

    public abstract void Add(in ReadyItem item);

    /// <summary>Removes and returns what comes next. There must be some work.</summary>
    public abstract ReadyItem Take();

    public abstract void Clear();
}
