using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// An incoming connection could not be accepted; the node goes on listening. A connection that was reset while it
/// waited causes one event each time; any other fault causes at most one event in 30 seconds.
/// </summary>
/// <param name="Detail">The operating system's description.</param>
public sealed record AcceptFailed(string Detail) : NodeEvent
{
    /// <summary>The kind of fault.</summary>
    public TransportFault Fault { get; init; } = TransportFault.Other;

    /// <summary>The number of accepts that failed in the same way since the last event about this fault.</summary>
    public long Suppressed { get; init; }
}
