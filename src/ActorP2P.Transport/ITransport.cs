using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A way to make connections: sockets, Akka.IO, TLS over either, or a simulated network.</summary>
public interface ITransport
{
    /// <summary>
    /// Begins to listen. Exactly one answer of <paramref name="sink"/> follows, <see cref="IAcceptSink.OnListening"/>
    /// or <see cref="IAcceptSink.OnListenFailed"/>; it may come from within this call. No thread waits for it.
    /// </summary>
    /// <param name="address">
    /// Where to listen; port 0 lets the transport choose, a name stands for all its addresses.
    /// </param>
    /// <param name="sink">Receives the answer, and each connection, never from within this call.</param>
    /// <returns>
    /// Disposing it ends the listening, and touches no connection that was accepted. Before the answer, that fails with
    /// <see cref="TransportFault.Aborted"/>.
    /// </returns>
    IDisposable Listen(PeerAddress address, IAcceptSink sink);

    /// <summary>
    /// Starts a dial. Exactly one call of <paramref name="sink"/> follows, from any thread, never from within this
    /// call.
    /// </summary>
    /// <param name="address">
    /// Whom to dial; a name is resolved first, and the first of its addresses that answers is connected to.
    /// </param>
    /// <param name="timeout">
    /// The time for everything, name resolution included; at most <see cref="WaitTime.Longest"/>.
    /// </param>
    /// <param name="sink">Receives the connection or the reason why there is none.</param>
    /// <returns>
    /// Disposing it abandons a dial under way, which then fails with <see cref="TransportFault.Aborted"/>.
    /// </returns>
    /// <exception cref="ArgumentException">The address has no port, or the timeout is not allowed.</exception>
    IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink);

    /// <summary>Dials a name, and passes over some of its addresses: those of no use just now.</summary>
    /// <param name="address">As above.</param>
    /// <param name="except">
    /// What not to connect to; when no address is left, the dial fails with
    /// <see cref="TransportFault.NameNotResolved"/>. Without effect in a transport where names are addresses
    /// themselves.
    /// </param>
    /// <param name="timeout">As above.</param>
    /// <param name="sink">As above.</param>
    /// <returns>As above.</returns>
    /// <exception cref="ArgumentException">The address has no port, or the timeout is not allowed.</exception>
    IDisposable Dial(PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout, IDialSink sink) =>
        Dial(address, timeout, sink);
}
