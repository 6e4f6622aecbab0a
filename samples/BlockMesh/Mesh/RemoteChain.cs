using ActorP2P;
using BlockMesh.Messages;

namespace BlockMesh.Mesh;

/// <summary>What a node knows of the chain of one peer. Only the sync loop uses it.</summary>
internal sealed class RemoteChain
{
    // An ask fails when the peer is busy, slow or leaving. The pause doubles from a quarter of a second to give the
    // peer time. It is at most five seconds, so that a line of nodes continues soon after the peer is back.
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(5);

    /// <summary>The most asks for blocks in flight: enough that one is on its way while another is judged.</summary>
    private const int WidestWindow = 4;

    private int _failures;

    /// <summary>The connection to ask on; replaced when the peer connects again.</summary>
    public required Peer Peer { get; set; }

    /// <summary>The peer's statement of what it has; null before its first reply.</summary>
    public ChainStatus? Status { get; private set; }

    /// <summary>Whether it served something invalid.</summary>
    public bool Refused { get; set; }

    /// <summary>The peer is not asked before this time, measured from the start of the loop.</summary>
    public TimeSpan NotBefore { get; private set; }

    /// <summary>When the peer was last asked, measured from the start of the loop.</summary>
    public TimeSpan LastAsked { get; set; }

    /// <summary>
    /// The number of asks for blocks in flight. It becomes one when the peer sends fewer blocks than were asked for,
    /// because the asks for later blocks are then useless. It grows by one with each complete reply.
    /// </summary>
    public int Window { get; private set; } = WidestWindow;

    /// <summary>Whether the peer may have more than a chain with the status <paramref name="own"/>.</summary>
    public bool MayHaveMoreThan(ChainStatus own) => Status is not { } status || !status.IsWithin(own);

    /// <summary>Records a reply.</summary>
    public void Answered(ChainStatus status)
    {
        Status = status;
        _failures = 0;
    }

    /// <summary>Records whether a reply had all the blocks that were asked for.</summary>
    public void Gave(bool all) => Window = all ? Math.Min(Window + 1, WidestWindow) : 1;

    /// <summary>Records a failed ask, and gives the peer some time.</summary>
    public TimeSpan Failed(TimeSpan now)
    {
        TimeSpan backOff = FirstBackOff * Math.Pow(2, Math.Min(_failures++, 10));
        backOff = backOff < LongestBackOff ? backOff : LongestBackOff;
        NotBefore = now + backOff;
        return backOff;
    }
}
