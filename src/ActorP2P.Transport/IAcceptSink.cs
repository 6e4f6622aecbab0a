using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Receives the results of listening: first one answer, whether the address is bound, and then the accepted
/// connections. The calls come from any thread, one at a time.
/// </summary>
public interface IAcceptSink
{
    /// <summary>The address is bound, and connections are accepted from now on.</summary>
    /// <param name="addresses">
    /// The bound addresses, at least one, with the actual port if port 0 was requested. A name may stand for several
    /// addresses.
    /// </param>
    void OnListening(IReadOnlyList<PeerAddress> addresses);

    /// <summary>The address could not be bound, for the given reason. No other call follows.</summary>
    void OnListenFailed(TransportError error);

    /// <summary>A connection was accepted. The sink owns it and must start or dispose it.</summary>
    void OnAccepted(IConnection connection);

    /// <summary>
    /// A connection could not be accepted, for the given reason. The listener goes on by itself; this call serves logs,
    /// counters and admission.
    /// </summary>
    void OnAcceptFailed(TransportError error);
}
