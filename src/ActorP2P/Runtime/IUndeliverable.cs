namespace ActorP2P;

/// <summary>
/// A message that owns something which must be released if it is not handled: a buffer, a socket, a promise.
/// </summary>
internal interface IUndeliverable
{
    /// <summary>The message will never be handled.</summary>
    void OnUndelivered();
}
