using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// A connection and what belongs to it: what the ManagerActor passes to the PeerActor that it makes.
/// </summary>
/// <param name="Number">The link's number, unique for the node's life.</param>
/// <param name="Salt">The salt of the request ids on this link.</param>
/// <param name="Role">Whether this node dialled.</param>
/// <param name="Connection">The connection; the PeerActor owns it.</param>
/// <param name="Outbox">Passes requests and notifies to the PeerActor.</param>
/// <param name="Refusal">When set, the peer is refused and only told why.</param>
internal sealed record PeerLink(
    long Number, uint Salt, SessionRole Role, IConnection Connection, Outbox Outbox, Disconnect? Refusal)
{
    private int _inlineType;

    /// <summary>The object for the remote end; set before the PeerActor is made.</summary>
    public Peer Peer { get; set; } = null!;

    /// <summary>The address that was dialled; null when the peer dialled.</summary>
    public PeerAddress? Target { get; init; }

    public PeerAddress Address => Connection.RemoteAddress;

    /// <summary>
    /// The message type of the inline handler that runs now in the connection's turn; 0 while none does.
    /// </summary>
    public ushort InlineType
    {
        get => (ushort)Volatile.Read(ref _inlineType);
        set => Volatile.Write(ref _inlineType, value);
    }
}
