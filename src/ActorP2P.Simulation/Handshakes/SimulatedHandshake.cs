namespace ActorP2P.Simulation;

/// <summary>
/// Stands in for TLS 1.3 in a simulation, where the threads and the randomness of the real one would make runs differ.
/// It has the same flights, round trips, sizes and outcomes, and its bytes show nothing of what they carry. <b>It
/// protects nothing</b>: whoever knows this code can read and forge them.
/// </summary>
/// <param name="random">Draws the random numbers of the handshakes.</param>
internal sealed class SimulatedHandshake(Random random) : IHandshake
{
    public ITransport Over(ITransport inner, NodeIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(identity);
        return new Secured(inner, identity.Id, random);
    }

    private sealed class Secured(ITransport inner, NodeId id, Random random) : ITransport
    {
        public IDisposable Listen(PeerAddress address, IAcceptSink sink)
        {
            ArgumentNullException.ThrowIfNull(sink);
            return inner.Listen(address, new Accepting(this, sink));
        }

        public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink)
        {
            ArgumentNullException.ThrowIfNull(address);
            ArgumentNullException.ThrowIfNull(sink);
            return inner.Dial(address.WithoutId, timeout, new Dialling(this, address.Id, sink));
        }

        public IDisposable Dial(PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout, IDialSink sink)
        {
            ArgumentNullException.ThrowIfNull(address);
            ArgumentNullException.ThrowIfNull(sink);
            return inner.Dial(address.WithoutId, except, timeout, new Dialling(this, address.Id, sink));
        }

        public SecuredConnection Secure(IConnection connection, bool isInitiator, NodeId? expected)
        {
            byte[] nonce = new byte[HandshakeFlight.NonceSize];
            random.NextBytes(nonce);
            return new SecuredConnection(connection, new HandshakeFlight(isInitiator, id, nonce, expected));
        }
    }

    private sealed class Accepting(Secured transport, IAcceptSink sink) : IAcceptSink
    {
        public void OnListening(IReadOnlyList<PeerAddress> addresses) => sink.OnListening(addresses);

        public void OnListenFailed(TransportError error) => sink.OnListenFailed(error);

        public void OnAccepted(IConnection connection) =>
            sink.OnAccepted(transport.Secure(connection, isInitiator: false, expected: null));

        public void OnAcceptFailed(TransportError error) => sink.OnAcceptFailed(error);
    }

    private sealed class Dialling(Secured transport, NodeId? expected, IDialSink sink) : IDialSink
    {
        public void OnDialled(IConnection connection) =>
            sink.OnDialled(transport.Secure(connection, isInitiator: true, expected));

        public void OnDialFailed(TransportError error) => sink.OnDialFailed(error);
    }
}
