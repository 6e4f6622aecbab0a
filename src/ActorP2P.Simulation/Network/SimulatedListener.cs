using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Simulation;

/// <summary>A listener on a simulated host.</summary>
internal sealed class SimulatedListener(SimulatedHost host, PeerAddress address, IAcceptSink sink) : IDisposable
{
    public PeerAddress LocalAddress => address;

    public void Dispose() => host.Remove(this);

    public void Accept(SimulatedConnection connection) => sink.OnAccepted(connection);
}
