using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>What the manager knows of a link.</summary>
internal sealed class Link(IActorRef actor, PeerLink link, PeerAddress? target)
{
    public IActorRef Actor { get; } = actor;

    public long Number => link.Number;

    public IConnection Connection => link.Connection;

    /// <summary>Bytes that the node holds for the peer.</summary>
    public long Weight => link.Outbox.Weight;

    /// <summary>The message type of the inline handler that runs in its turn; 0 when none does.</summary>
    public ushort InlineType => link.InlineType;

    /// <summary>Lets no notify in any more, and fails those that wait.</summary>
    public void CloseOutbox() => link.Outbox.Close(null);

    /// <summary>The one object for the connection's remote end, whether or not it is ready.</summary>
    public Peer Remote => link.Peer;

    public PeerAddress Address => link.Address;

    public bool IsOutbound => link.Role == SessionRole.Initiator;

    /// <summary>What was dialled to get it.</summary>
    public PeerAddress? Target { get; } = target;

    /// <summary>Who waits for it to become ready.</summary>
    public List<ConnectPromise>? Promises { get; set; }

    /// <summary>Set once it is ready. The <see cref="LinkTable"/> sets it.</summary>
    public Peer? Peer { get; set; }

    /// <summary>Whether nothing new is begun on it. The <see cref="LinkTable"/> sets it.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Whether the node wants it, or somebody has it, however many of those who wait for it give up.</summary>
    public bool IsWanted { get; set; }

    /// <summary>What it held when it was closed for want of memory; null when it was not.</summary>
    public long? Relief { get; set; }

    /// <summary>Whether its peer is only told why it is not taken. The <see cref="LinkTable"/> sets it.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Whether it was told to say hello sooner.</summary>
    public bool IsHurried { get; set; }

    public bool IsOpen => Peer is not null && !IsEnding;

    public bool IsHalfOpen => Peer is null && !IsRefused;
}
