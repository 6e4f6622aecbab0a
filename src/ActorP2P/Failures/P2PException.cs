namespace ActorP2P;

/// <summary>
/// The root of what the library throws for reasons that lie in the network: each derived type carries its reason.
/// </summary>
public abstract class P2PException : Exception
{
    private protected P2PException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
