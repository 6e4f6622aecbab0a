namespace ActorP2P.Transport.Tests;

/// <summary>Tests that use the machine's network run one after another, and beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class SocketCollection
{
    public const string Name = "sockets";
}
