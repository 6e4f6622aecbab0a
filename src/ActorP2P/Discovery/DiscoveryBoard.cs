using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>What the DiscoveryActor publishes to other threads: immutable values and counters.</summary>
internal sealed class DiscoveryBoard
{
    private volatile IReadOnlyList<byte[]> _answer = [];
    private volatile DiscoveryStatistics _figures = new();
    private volatile IActorRef _actor = ActorRefs.Nobody;

    /// <summary>The records for whoever asks.</summary>
    public IReadOnlyList<byte[]> Answer
    {
        get => _answer;
        set => _answer = value;
    }

    /// <summary>What was refused.</summary>
    public RefusalCounts Refused { get; } = new();

    /// <summary>The actor; it is the same one after a restart.</summary>
    public IActorRef Actor
    {
        get => _actor;
        set => _actor = value;
    }

    /// <summary>The figures of the book and the plan.</summary>
    public DiscoveryStatistics Figures
    {
        get => _figures with { Refused = Refused.Snapshot() };
        set => _figures = value;
    }
}
