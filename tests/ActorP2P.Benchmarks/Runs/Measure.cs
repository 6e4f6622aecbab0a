namespace ActorP2P.Benchmarks;

/// <summary>Something that is measured on the node and on its baseline, alternately.</summary>
internal abstract class Measure
{
    /// <summary>The names of the figures of a sample. The unit is part of the name.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>The number of samples that count.</summary>
    public virtual int Repetitions => 5;

    /// <summary>
    /// How long samples that do not count are taken first, until both processes run their final machine code.
    /// </summary>
    public virtual TimeSpan WarmUp => TimeSpan.FromSeconds(2);

    /// <summary>Opens all connections that the measure needs.</summary>
    public virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Takes one sample of the node.</summary>
    public abstract Task<double[]> NodeAsync();

    /// <summary>Takes one sample of the baseline.</summary>
    public abstract Task<double[]> RawAsync();

    /// <summary>Closes the connections.</summary>
    public virtual Task ReleaseAsync() => Task.CompletedTask;
}
