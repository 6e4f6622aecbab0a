namespace ActorP2P;

/// <summary>A local request of a transport could not be met, such as listening at an address in use.</summary>
public sealed class TransportException : Exception
{
    /// <summary>Makes the exception of an error.</summary>
    public TransportException(TransportError error, Exception? innerException = null)
        : base(error.ToString(), innerException) => Error = error;

    /// <summary>Why.</summary>
    public TransportError Error { get; }
}
