namespace ActorP2P;

/// <summary>
/// Takes the results of the pending operations of an <see cref="IConnection"/>, from any thread. The next operation of
/// the same direction may be started from within the call.
/// </summary>
public interface IConnectionSink
{
    /// <summary>The pending receive has ended.</summary>
    void OnReceived(OperationResult result);

    /// <summary>The pending send has ended.</summary>
    void OnSent(OperationResult result);

    /// <summary>What <see cref="IConnection.Post"/> asked for.</summary>
    void OnPosted();
}
