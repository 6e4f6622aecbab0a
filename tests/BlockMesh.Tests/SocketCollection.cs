namespace BlockMesh.Tests;

/// <summary>Tests that open sockets run one after another, and no other tests run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SocketCollection
{
    public const string Name = "Sockets";
}
