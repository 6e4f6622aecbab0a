namespace ActorP2P.Tests.Transports;

/// <summary>The rows of a theory that runs over both transports.</summary>
public sealed class BothTransports : TheoryData<TransportKind>
{
    public BothTransports()
    {
        Add(TransportKind.Sockets);
        Add(TransportKind.AkkaIo);
    }
}
