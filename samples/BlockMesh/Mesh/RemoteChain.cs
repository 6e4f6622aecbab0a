using ActorP2P;
using BlockMesh.Messages;

namespace BlockMesh.Mesh;

/// <summary>What a node knows of the chain of one of its peers. Only the sync loop touches it.</summary>
internal sealed class RemoteChain
{
    // A failed ask means a peer that is busy, slow or leaving; doubling from a quarter second gives it room, and five
    // seconds at most keep a line of nodes moving once it is back.
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Asks for blocks in flight at most: enough that one is always on its way while another is judged.
    /// </summary>
    private const int WidestWindow = 4;

    private int _failures;

    /// <summary>The link to ask over; replaced when the peer comes back over another.</summary>
    public required Peer Peer { get; set; }

    /// <summary>What the peer said it holds; null before its first reply.</summary>
    public ChainStatus? Status { get; private set; }

    /// <summary>Whether it served something invalid.</summary>
    public bool Refused { get; set; }

    /// <summary>It is not asked before this time since the loop began.</summary>
    public TimeSpan NotBefore { get; private set; }

    /// <summary>When it was last asked, since the loop began.</summary>
    public TimeSpan LastAsked { get; set; }

    /// <summary>
    /// How many asks for blocks to have in flight. It falls to one when the peer gives fewer blocks than asked for,
    /// since what was asked behind the gap is of no use then, and grows again by one with each full reply.
    /// </summary>
    public int Window { get; private set; } = WidestWindow;

    /// <summary>Whether it may hold what a chain with the status <paramref name="own"/> lacks.</summary>
    public bool MayHaveMoreThan(ChainStatus own) => Status is not { } status || !status.IsWithin(own);

    /// <summary>Takes note of a reply.</summary>
    public void Answered(ChainStatus status)
    {
        Status = status;
        _failures = 0;
    }

    /// <summary>Takes note of whether a reply held all the blocks that were asked for.</summary>
    public void Gave(bool all) => Window = all ? Math.Min(Window + 1, WidestWindow) : 1;

    /// <summary>Takes note of an ask that failed, and gives the peer some time.</summary>
    public TimeSpan Failed(TimeSpan now)
    {
        TimeSpan backOff = FirstBackOff * Math.Pow(2, Math.Min(_failures++, 10));
        backOff = backOff < LongestBackOff ? backOff : LongestBackOff;
        NotBefore = now + backOff;
        return backOff;
    }
}
