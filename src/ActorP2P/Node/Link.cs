using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>The manager's record of a link.</summary>
internal sealed class Link(IActorRef actor, PeerLink link, PeerAddress? target)
{
    public IActorRef Actor { get; } = actor;

    public long Number => link.Number;

    public IConnection Connection => link.Connection;

    /// <summary>Bytes that the node holds for the peer.</summary>
    public long Weight => link.Outbox.Weight;

    /// <summary>The message type of the inline handler that runs in its turn; 0 when none does.</summary>
    public ushort InlineType => link.InlineType;

    /// <summary>Accepts no more notifies, and fails those that wait.</summary>
    public void CloseOutbox() => link.Outbox.Close(null);

    /// <summary>The one object for the connection's remote end, whether or not it is ready.</summary>
    public Peer Remote => link.Peer;

    public PeerAddress Address => link.Address;

    public bool IsOutbound => link.Role == SessionRole.Initiator;

    /// <summary>The address that was dialled for it.</summary>
    public PeerAddress? Target { get; } = target;

    /// <summary>
    /// The addresses that it stands for: the one that was dialled, and those of other links to its node that it has
    /// replaced. The <see cref="LinkTable"/> sets them.
    /// </summary>
    public IReadOnlyList<PeerAddress> Targets { get; set; } = [];

    /// <summary>The callers who wait for it to become ready.</summary>
    public List<ConnectPromise>? Promises { get; set; }

    /// <summary>Set once its handshake is complete. The <see cref="LinkTable"/> sets it.</summary>
    public Peer? Peer { get; set; }

    /// <summary>
    /// Whether the application knows of it. A link that is ready while its node has another one may have to wait. The
    /// <see cref="LinkTable"/> sets it.
    /// </summary>
    public bool IsShown { get; set; }

    /// <summary>Whether it drains, so that nothing new begins on it. The <see cref="LinkTable"/> sets it.</summary>
    public bool IsEnding { get; set; }

    /// <summary>
    /// Whether the node wants it or a caller has it already. It then stays even if every caller who waits for it gives
    /// up.
    /// </summary>
    public bool IsWanted { get; set; }

    /// <summary>
    /// The bytes that it held when it was closed to free memory; null when it was not closed for that.
    /// </summary>
    public long? BytesToFree { get; set; }

    /// <summary>Whether its peer is refused and only told why. The <see cref="LinkTable"/> sets it.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Whether it ends to make room for another. The <see cref="LinkTable"/> sets it.</summary>
    public bool IsMakingRoom { get; set; }

    /// <summary>
    /// The address group that it counts in while it is open; null while it counts in none. The <see cref="LinkTable"/>
    /// sets it.
    /// </summary>
    public string? Group { get; set; }

    /// <summary>Whether its time limit for the hello was shortened.</summary>
    public bool HasShortTimeout { get; set; }

    public bool IsOpen => IsShown && !IsEnding;

    public bool IsHalfOpen => Peer is null && !IsRefused;

    /// <summary>Whether it counts as a connection.</summary>
    public bool IsCounted => !IsRefused && !IsMakingRoom;
}
