using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>The messages to the DialerActor.</summary>
internal static class DialerMessages
{
    /// <summary>Dial now, for a caller who waits.</summary>
    public sealed record Dial(ConnectPromise Promise) : IUndeliverable
    {
        public void OnUndelivered() => Promise.Fail(ConnectFailure.Stopping, "the node is stopping");
    }

    /// <summary>A caller no longer waits for a dial.</summary>
    public sealed record Abandon(ConnectPromise Promise);

    /// <summary>A connection to an address is ready.</summary>
    public sealed record Connected(PeerAddress Address);

    /// <summary>A connection to an address has ended, before or after it was ready.</summary>
    /// <param name="Address">The address that was dialled.</param>
    /// <param name="At">
    /// The address that was connected to. If a name was dialled, it is one of the name's addresses.
    /// </param>
    /// <param name="WasReady">Whether the handshake had been completed.</param>
    /// <param name="End">Why it ended.</param>
    /// <param name="Promises">The callers who wait, if the name may have other addresses.</param>
    public sealed record Ended(
        PeerAddress Address, PeerAddress At, bool WasReady, Disconnect End, IReadOnlyList<ConnectPromise> Promises)
            : IUndeliverable
    {
        public void OnUndelivered()
        {
            foreach (ConnectPromise promise in Promises)
            {
                promise.Fail(ConnectFailure.Stopping, "the node is stopping");
            }
        }
    }

    /// <summary>The transport has made a connection.</summary>
    public sealed record Succeeded(PeerAddress Address, IDialSink Dial, IConnection Connection) : IUndeliverable
    {
        public void OnUndelivered()
        {
            Connection.Abort();
            Connection.Dispose();
        }
    }

    /// <summary>The transport could not make a connection.</summary>
    public sealed record Failed(PeerAddress Address, IDialSink Dial, TransportError Error);

    /// <summary>An address may be due.</summary>
    public sealed record PlanDue
    {
        public static readonly PlanDue Instance = new();
    }
}
