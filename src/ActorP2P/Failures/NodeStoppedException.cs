namespace ActorP2P;

/// <summary>The node could not start, or has stopped for a fault of its own.</summary>
public sealed class NodeStoppedException : P2PException
{
    internal NodeStoppedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
