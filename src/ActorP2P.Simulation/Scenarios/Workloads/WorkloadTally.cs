namespace ActorP2P.Simulation;

/// <summary>What became of the streams of a run.</summary>
internal sealed class WorkloadTally
{
    /// <summary>Streams that were begun.</summary>
    public int Streams { get; set; }

    /// <summary>Streams whose bytes all arrived, as the receiver confirmed by ending its side.</summary>
    public int StreamsCompleted { get; set; }
}
