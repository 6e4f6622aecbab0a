using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>A way to make connections: sockets, memory, or a simulated network.</summary>
public interface ITransport
{
    /// <summary>Binds to an address and accepts from then on; nothing is accepted before the address is bound.</summary>
    /// <param name="address">Where to listen; port 0 lets the transport choose.</param>
    /// <param name="sink">Receives each connection, from any thread, one call at a time, never from within this call.</param>
    /// <exception cref="TransportException">The address cannot be bound; the fault says why.</exception>
    IListener Listen(PeerAddress address, IAcceptSink sink);

    /// <summary>
    /// Starts a dial. Exactly one call of <paramref name="sink"/> follows, from any thread, never from within this call.
    /// </summary>
    /// <param name="address">Whom to dial; a name is resolved first, and all its addresses are tried in order.</param>
    /// <param name="timeout">The time for everything, name resolution included.</param>
    /// <param name="sink">Receives the connection or the reason why there is none.</param>
    /// <returns>Disposing it abandons a dial under way, which then fails with <see cref="TransportFault.Aborted"/>.</returns>
    IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink);
}
