using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Simulation.Tests;

/// <summary>A transport whose connections have a planted fault.</summary>
internal sealed class PlantedTransport(string node, ITransport inner, IPlantedFault fault) : ITransport
{
    public IDisposable Listen(PeerAddress address, IAcceptSink sink) =>
        inner.Listen(address, new Accepting(this, sink));

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
        inner.Dial(address, timeout, new Dialling(this, sink));

    private PlantedConnection Plant(IConnection connection) => new(node, connection, fault);

    private sealed class Accepting(PlantedTransport transport, IAcceptSink sink) : IAcceptSink
    {
        public void OnListening(IReadOnlyList<PeerAddress> addresses) => sink.OnListening(addresses);

        public void OnListenFailed(TransportError error) => sink.OnListenFailed(error);

        public void OnAccepted(IConnection connection) => sink.OnAccepted(transport.Plant(connection));

        public void OnAcceptFailed(TransportError error) => sink.OnAcceptFailed(error);
    }

    private sealed class Dialling(PlantedTransport transport, IDialSink sink) : IDialSink
    {
        public void OnDialled(IConnection connection) => sink.OnDialled(transport.Plant(connection));

        public void OnDialFailed(TransportError error) => sink.OnDialFailed(error);
    }
}
