namespace ActorP2P;

/// <summary>
/// Receives the results of the pending operations of an <see cref="IConnection"/>, on any thread. The next operation in
/// the same direction may be started within the call.
/// </summary>
public interface IConnectionSink
{
    /// <summary>The pending receive has ended.</summary>
    void OnReceived(OperationResult result);

    /// <summary>The pending send has ended.</summary>
    void OnSent(OperationResult result);

    /// <summary>The call that <see cref="IConnection.Post"/> requested.</summary>
    void OnPosted();
}
