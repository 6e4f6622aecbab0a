namespace ActorP2P;

/// <summary>The node could not start, or it has stopped because of a fault of its own.</summary>
public sealed class NodeStoppedException : P2PException
{
    internal NodeStoppedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
