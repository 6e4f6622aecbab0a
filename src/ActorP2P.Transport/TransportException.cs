namespace ActorP2P;

/// <summary>A local request to a transport failed, such as listening on an address that is in use.</summary>
public sealed class TransportException : Exception
{
    /// <summary>Makes an exception from an error.</summary>
    public TransportException(TransportError error, Exception? innerException = null)
        : base(error.ToString(), innerException) => Error = error;

    /// <summary>Why the request failed.</summary>
    public TransportError Error { get; }
}
