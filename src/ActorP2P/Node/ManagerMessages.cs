using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>The messages to the ManagerActor.</summary>
internal static class ManagerMessages
{
    /// <summary>The listener is bound; the list is empty when the node does not listen.</summary>
    public sealed record Listening(IReadOnlyList<PeerAddress> Addresses);

    /// <summary>The listener could not be bound at the start.</summary>
    public sealed record ListenFailed(TransportError Error);

    /// <summary>A connection was accepted.</summary>
    public sealed record Accepted(IConnection Connection) : IUndeliverable
    {
        public void OnUndelivered()
        {
            Connection.Abort();
            Connection.Dispose();
        }
    }

    /// <summary>A connection could not be accepted.</summary>
    public sealed record AcceptFailed(TransportError Error);

    /// <summary>Get a connection to an address: an existing one or a new one.</summary>
    public sealed record Connect(ConnectPromise Promise) : IUndeliverable
    {
        public void OnUndelivered() => Promise.Fail(ConnectFailure.Stopping, "the node has stopped");
    }

    /// <summary>A dial succeeded.</summary>
    /// <param name="Address">The address that was dialled.</param>
    /// <param name="Connection">The connection.</param>
    /// <param name="Promises">The callers who wait for it.</param>
    /// <param name="IsPlanned">Whether the node wants the connection, even if no caller waits for it.</param>
    public sealed record Dialled(
        PeerAddress Address, IConnection Connection, IReadOnlyList<ConnectPromise> Promises, bool IsPlanned)
            : IUndeliverable
    {
        public void OnUndelivered()
        {
            Connection.Abort();
            Connection.Dispose();
            foreach (ConnectPromise promise in Promises)
            {
                promise.Fail(ConnectFailure.Stopping, "the node has stopped");
            }
        }
    }

    /// <summary>A dial failed.</summary>
    public sealed record DialFailed(PeerAddress Address, ConnectFailure Reason, string Detail);

    /// <summary>A connection serves a purpose, besides those for which it was made.</summary>
    public sealed record Serve(Peer Peer, PeerKind Kind);

    /// <summary>A link's handshake is complete.</summary>
    public sealed record LinkReady(Peer Peer);

    /// <summary>The peer of a link has answered the ping that it was sent for the manager.</summary>
    public sealed record LinkAnswered(long Link);

    /// <summary>One of several links to a node may have to be closed.</summary>
    public sealed record DuplicatesDue
    {
        public static readonly DuplicatesDue Instance = new();
    }

    /// <summary>One side has sent a goodbye on a link; nothing new begins there.</summary>
    public sealed record LinkDraining(long Link);

    /// <summary>A link is over.</summary>
    public sealed record LinkEnded(long Link, Disconnect End);

    /// <summary>The node holds more for its peers than it may.</summary>
    public sealed record MemoryShort
    {
        public static readonly MemoryShort Instance = new();
    }

    /// <summary>A handler of the application has failed.</summary>
    public sealed record HandlerFault(HandlerFailed Event);

    /// <summary>The handles of an address have changed their state.</summary>
    public sealed record HandleEvent(PeerHandleChanged Event);

    /// <summary>No handler of the application runs any more.</summary>
    public sealed record HandlersEnded
    {
        public static readonly HandlersEnded Instance = new();
    }

    /// <summary>A caller no longer waits for a connection; the promise is cancelled already.</summary>
    public sealed record Abandon(ConnectPromise Promise);

    /// <summary>Charge a peer's address.</summary>
    public sealed record Penalise(long Link, int Points, string Detail);

    /// <summary>A message that concerns bans.</summary>
    public abstract record OfBans;

    /// <summary>Ban somebody.</summary>
    /// <param name="Ban">The ban.</param>
    /// <param name="Done">Gets, when the ban holds, a task that completes when it is stored.</param>
    public sealed record SetBan(Ban Ban, TaskCompletionSource<Task> Done) : OfBans, IUndeliverable
    {
        public void OnUndelivered() => Done.TrySetException(new NodeStoppedException("The node has stopped."));
    }

    /// <summary>Lift a ban.</summary>
    /// <param name="Target">Whom it concerns.</param>
    /// <param name="Done">Gets the outcome.</param>
    public sealed record LiftBan(BanTarget Target, TaskCompletionSource<BanLifting> Done) : OfBans, IUndeliverable
    {
        public void OnUndelivered() => Done.TrySetException(new NodeStoppedException("The node has stopped."));
    }

    /// <summary>A ban may be over.</summary>
    public sealed record BansDue : OfBans
    {
        public static readonly BansDue Instance = new();
    }

    /// <summary>Something has happened outside of the manager that the node's subscribers are told.</summary>
    public sealed record Happened(NodeEvent Event);

    /// <summary>Close a connection with a goodbye.</summary>
    public sealed record CloseLink(Peer Peer);

    /// <summary>The last handle of an address is closed: close its connection, if nothing else needs it.</summary>
    /// <param name="Peer">The connection.</param>
    /// <param name="IsClosing">Whether it closes.</param>
    public sealed record LetGo(Peer Peer, TaskCompletionSource<bool> IsClosing) : IUndeliverable
    {
        public void OnUndelivered() => IsClosing.TrySetResult(false);
    }

    /// <summary>Apply settings that can be changed while the node runs.</summary>
    /// <param name="Options">All settings, those that cannot be changed too.</param>
    /// <param name="Done">Completes when they hold.</param>
    public sealed record Apply(P2PNodeOptions Options, TaskCompletionSource Done) : IUndeliverable
    {
        public void OnUndelivered() => Done.TrySetException(new NodeStoppedException("The node has stopped."));
    }

    /// <summary>Tell all peers a new state of the application.</summary>
    /// <param name="State">The state.</param>
    /// <param name="Done">Completes when all connections have it.</param>
    public sealed record SetState(ReadOnlyMemory<byte> State, TaskCompletionSource Done) : IUndeliverable
    {
        public void OnUndelivered() => Done.TrySetException(new NodeStoppedException("The node has stopped."));
    }

    /// <summary>A peer's application says a new state.</summary>
    public sealed record PeerState(Peer Peer, ReadOnlyMemory<byte> State);

    /// <summary>The sender, a child, was restarted and needs to know the existing links.</summary>
    public sealed record TellLinks
    {
        public static readonly TellLinks Instance = new();
    }

    /// <summary>Stop the node: no new connections, a goodbye to all peers, then the end.</summary>
    /// <param name="Fault">Why the node stops; null when the application asked for it.</param>
    public sealed record Shutdown(NodeStoppedException? Fault = null)
    {
        public static readonly Shutdown Instance = new();
    }

    /// <summary>The time for goodbyes is over.</summary>
    public sealed record ShutdownDue
    {
        public static readonly ShutdownDue Instance = new();
    }
}
