namespace ActorP2P.Transport;

/// <summary>Starts socket operations and takes those that did not end at once.</summary>
internal interface ISocketOperationOwner
{
    /// <summary>A pending operation has ended; its arguments hold the result. Called on a thread of the pool.</summary>
    void OnCompleted(SocketOperation operation);
}
