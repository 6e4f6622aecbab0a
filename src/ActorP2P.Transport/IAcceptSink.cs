using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Takes what comes of listening: first one answer, whether the address is bound, and then what is accepted there. One
/// call at a time, from any thread.
/// </summary>
public interface IAcceptSink
{
    /// <summary>The address is bound, and connections are accepted from now on.</summary>
    /// <param name="addresses">
    /// Where, at least one, with the real port where port 0 was asked for: a name may stand for several addresses.
    /// </param>
    void OnListening(IReadOnlyList<PeerAddress> addresses);

    /// <summary>The address could not be bound, and why. Nothing else follows.</summary>
    void OnListenFailed(TransportError error);

    /// <summary>A connection was accepted; the sink owns it now, and must start or dispose it.</summary>
    void OnAccepted(IConnection connection);

    /// <summary>
    /// A connection could not be accepted, and why. The listener goes on by itself; this is for logs, counters and
    /// admission.
    /// </summary>
    void OnAcceptFailed(TransportError error);
}
