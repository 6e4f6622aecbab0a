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
    public sealed record Ended(PeerAddress Address, bool WasReady, Disconnect End);

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
