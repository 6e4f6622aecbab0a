namespace ActorP2P.Tests.Hostile;

/// <summary>The rows of a theory that is played on the memory network and over sockets, there with one actor system and with several.</summary>
public sealed class BothNetworks : TheoryData<Network>
{
    public BothNetworks()
    {
        Add(Network.Memory);
        Add(Network.Sockets);
        Add(Network.SocketsInOneSystem);
    }
}
