namespace ActorP2P;

/// <summary>
/// An actor that messages are routed to gave no answer. A <see cref="HandlerFailed"/> event carries this exception, and
/// the peer is told that the handler failed.
/// </summary>
public sealed class RouteException : P2PException
{
    internal RouteException(RouteFailure reason, string detail)
        : base($"The route failed: {reason} ({detail}).") => Reason = reason;

    /// <summary>Why there is no answer.</summary>
    public RouteFailure Reason { get; }
}
