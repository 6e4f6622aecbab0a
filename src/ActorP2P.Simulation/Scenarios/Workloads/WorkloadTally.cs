namespace ActorP2P.Simulation;

/// <summary>What became of the streams of a run. The nodes may run on several threads.</summary>
internal sealed class WorkloadTally
{
    private int _streams;
    private int _completed;

    /// <summary>Streams that were begun.</summary>
    public int Streams => _streams;

    /// <summary>Streams whose bytes all arrived, as the receiver confirmed by ending its side.</summary>
    public int StreamsCompleted => _completed;

    public void Begin() => Interlocked.Increment(ref _streams);

    public void Complete() => Interlocked.Increment(ref _completed);
}
