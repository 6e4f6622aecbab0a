namespace ActorP2P.Transport;

/// <summary>Starts socket operations and handles those that do not end at once.</summary>
internal interface ISocketOperationOwner
{
    /// <summary>
    /// A pending operation has ended, and its arguments contain the result. A thread of the pool makes the call.
    /// </summary>
    void OnCompleted(SocketOperation operation);
}
