using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>What the DialerActor is told.</summary>
internal static class DialerMessages
{
    /// <summary>Dial now, for somebody who waits.</summary>
    public sealed record Dial(ConnectPromise Promise) : IUndeliverable
    {
        public void OnUndelivered() => Promise.Fail(ConnectFailure.Stopping, "the node is stopping");
    }

    /// <summary>Whoever waited for a dial does so no longer.</summary>
    public sealed record Abandon(ConnectPromise Promise);

    /// <summary>A connection to an address is ready.</summary>
    public sealed record Connected(PeerAddress Address);

    /// <summary>A connection to an address has ended, before or after it was ready.</summary>
    /// <param name="Address">What was dialled.</param>
    /// <param name="At">What was connected to: one of its addresses, if what was dialled is a name.</param>
    /// <param name="WasReady">Whether the handshake had been completed.</param>
    /// <param name="End">Why it ended.</param>
    /// <param name="Promises">Who waits, if the name may have other addresses.</param>
    public sealed record Ended(
        PeerAddress Address, PeerAddress At, bool WasReady, Disconnect End, IReadOnlyList<ConnectPromise> Promises) : IUndeliverable
    {
        public void OnUndelivered()
        {
            foreach (ConnectPromise promise in Promises)
            {
                promise.Fail(ConnectFailure.Stopping, "the node is stopping");
            }
        }
    }

    /// <summary>The transport has a connection.</summary>
    public sealed record Succeeded(PeerAddress Address, IDialSink Dial, IConnection Connection) : IUndeliverable
    {
        public void OnUndelivered()
        {
            Connection.Abort();
            Connection.Dispose();
        }
    }

    /// <summary>The transport has none.</summary>
    public sealed record Failed(PeerAddress Address, IDialSink Dial, TransportError Error);

    /// <summary>An address may be due.</summary>
    public sealed record PlanDue
    {
        public static readonly PlanDue Instance = new();
    }
}
