namespace ActorP2P.Tests;

/// <summary>Tests that open sockets run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SocketsCollection
{
    public const string Name = "sockets";
}
