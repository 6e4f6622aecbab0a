namespace ActorP2P.Tests.Transports;

/// <summary>The rows of a theory that both transports pass.</summary>
public sealed class BothTransports : TheoryData<TransportKind>
{
    public BothTransports()
    {
        Add(TransportKind.Sockets);
        Add(TransportKind.AkkaIo);
    }
}
