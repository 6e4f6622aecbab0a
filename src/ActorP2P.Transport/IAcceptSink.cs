namespace ActorP2P;

/// <summary>Takes what a listener accepts. One call at a time, from any thread.</summary>
public interface IAcceptSink
{
    /// <summary>A connection was accepted; the sink owns it now, and must start or dispose it.</summary>
    void OnAccepted(IConnection connection);

    /// <summary>
    /// A connection could not be accepted, and why. The listener goes on by itself; this is for logs, counters and admission.
    /// </summary>
    void OnAcceptFailed(TransportError error);
}
