namespace ActorP2P;

/// <summary>
/// The base class of the exceptions that the library throws for conditions of the network or the node. Each derived
/// type names its reason.
/// </summary>
public abstract class P2PException : Exception
{
    private protected P2PException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
