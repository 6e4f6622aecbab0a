namespace ActorP2P.Transport.Tests;

/// <summary>
/// Tests that use the network of the machine run one after another, and no other tests run beside them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class SocketCollection
{
    public const string Name = "sockets";
}
