namespace ActorP2P.Benchmarks;

/// <summary>One thing that is measured on the node and on its baseline, alternately.</summary>
internal abstract class Measure
{
    /// <summary>What each figure of a sample is called; the unit is part of the name.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Repetitions that count.</summary>
    public virtual int Repetitions => 5;

    /// <summary>
    /// How long samples are made before that do not count, until both processes run their final code.
    /// </summary>
    public virtual TimeSpan WarmUp => TimeSpan.FromSeconds(2);

    /// <summary>Connects whatever has to be connected.</summary>
    public virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>One sample of the node.</summary>
    public abstract Task<double[]> NodeAsync();

    /// <summary>One sample of the baseline.</summary>
    public abstract Task<double[]> RawAsync();

    /// <summary>Gives back what was connected.</summary>
    public virtual Task ReleaseAsync() => Task.CompletedTask;
}
