using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>Makes the transport of a node that was given none.</summary>
internal static class OwnTransport
{
    /// <exception cref="NodeStoppedException">The actor system has ended, or is ending.</exception>
    public static ITransport Create(P2PNodeOptions settings, ActorSystem system, TimeProvider time)
    {
        SocketTransportSettings sockets = new();
        try
        {
            return settings.Transport == TransportKind.Sockets
                ? new SocketTransport(sockets, time)
                : new AkkaIoTransport(system, sockets, settings.AkkaIo, time);
        }
        catch (InvalidOperationException ended)
        {
            throw new NodeStoppedException($"The actor system {system.Name} has ended, or is ending.", ended);
        }
    }
}
