namespace ActorP2P.Tests.Hostile;

/// <summary>The rows of a theory that is played on both networks.</summary>
public sealed class BothNetworks : TheoryData<Network>
{
    public BothNetworks()
    {
        Add(Network.Memory);
        Add(Network.Sockets);
    }
}
