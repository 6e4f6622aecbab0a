using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// Encrypts the connections of another transport with TLS 1.3, by which both sides prove their keys. A connection is
/// delivered as soon as it is made. Its handshake runs when it is started, and receives and sends wait for it.
/// </summary>
/// <param name="inner">The transport that makes the connections; the caller disposes it.</param>
/// <param name="identity">
/// This node's identity. It is used as long as there are connections, and disposed with this transport.
/// </param>
internal sealed class TlsTransport(ITransport inner, TlsIdentity identity) : ITransport, IDisposable
{
    /// <summary>This node's identity.</summary>
    public TlsIdentity Identity => identity;

    /// <inheritdoc/>
    public void Dispose() => identity.Dispose();

    public IDisposable Listen(PeerAddress address, IAcceptSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return inner.Listen(address, new Accepting(identity, sink));
    }

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);
        return inner.Dial(address.WithoutId, timeout, new Dialling(identity, address.Id, sink));
    }

    public IDisposable Dial(PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout, IDialSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);
        return inner.Dial(address.WithoutId, except, timeout, new Dialling(identity, address.Id, sink));
    }

    private sealed class Accepting(TlsIdentity identity, IAcceptSink sink) : IAcceptSink
    {
        public void OnListening(IReadOnlyList<PeerAddress> addresses) => sink.OnListening(addresses);

        public void OnListenFailed(TransportError error) => sink.OnListenFailed(error);

        public void OnAccepted(IConnection connection) =>
            sink.OnAccepted(new TlsConnection(connection, identity, SessionRole.Responder));

        public void OnAcceptFailed(TransportError error) => sink.OnAcceptFailed(error);
    }

    private sealed class Dialling(TlsIdentity identity, NodeId? expected, IDialSink sink) : IDialSink
    {
        public void OnDialled(IConnection connection) =>
            sink.OnDialled(new TlsConnection(connection, identity, SessionRole.Initiator, expected));

        public void OnDialFailed(TransportError error) => sink.OnDialFailed(error);
    }
}
