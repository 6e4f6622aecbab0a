using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A way to make connections: sockets, Akka.IO, TLS over either, or a simulated network.</summary>
public interface ITransport
{
    /// <summary>
    /// Begins to listen. Exactly one answer to <paramref name="sink"/> follows, <see cref="IAcceptSink.OnListening"/>
    /// or <see cref="IAcceptSink.OnListenFailed"/>; it may be given within this call. No thread waits for it.
    /// </summary>
    /// <param name="address">
    /// The address to listen on. Port 0 lets the transport choose the port, and a name stands for all its addresses.
    /// </param>
    /// <param name="sink">
    /// Receives the answer and the connections. Connections are never delivered within this call.
    /// </param>
    /// <returns>
    /// Dispose it to stop listening; accepted connections are not affected. If that happens before the answer, the
    /// answer is the fault <see cref="TransportFault.Aborted"/>.
    /// </returns>
    IDisposable Listen(PeerAddress address, IAcceptSink sink);

    /// <summary>
    /// Starts a dial. Exactly one call to <paramref name="sink"/> follows, on any thread, but never within this call.
    /// </summary>
    /// <param name="address">
    /// The address to dial. A name is resolved first, and the first of its addresses that answers is used.
    /// </param>
    /// <param name="timeout">
    /// The time limit for the whole dial, including name resolution; at most <see cref="WaitTime.Longest"/>.
    /// </param>
    /// <param name="sink">Receives the connection or the reason why there is none.</param>
    /// <returns>
    /// Dispose it to abandon a dial in progress, which then fails with <see cref="TransportFault.Aborted"/>.
    /// </returns>
    /// <exception cref="ArgumentException">The address has no port, or the timeout is not allowed.</exception>
    IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink);

    /// <summary>Dials a name, but skips some of its addresses.</summary>
    /// <param name="address">
    /// The address to dial. A name is resolved first, and the first of its addresses that answers is used.
    /// </param>
    /// <param name="except">
    /// The addresses to skip. When no address is left, the dial fails with
    /// <see cref="TransportFault.NameNotResolved"/>. It has no effect in a transport in which names are addresses
    /// themselves.
    /// </param>
    /// <param name="timeout">
    /// The time limit for the whole dial, including name resolution; at most <see cref="WaitTime.Longest"/>.
    /// </param>
    /// <param name="sink">Receives the connection or the reason why there is none.</param>
    /// <returns>
    /// Dispose it to abandon a dial in progress, which then fails with <see cref="TransportFault.Aborted"/>.
    /// </returns>
    /// <exception cref="ArgumentException">The address has no port, or the timeout is not allowed.</exception>
    IDisposable Dial(PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout, IDialSink sink) =>
        Dial(address, timeout, sink);
}
