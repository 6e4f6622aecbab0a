using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// An incoming connection could not be accepted; the node goes on listening. A connection that was cut while it waited
/// is told each time; of any other fault one event comes in 30 seconds.
/// </summary>
/// <param name="Detail">What the system said.</param>
public sealed record AcceptFailed(string Detail) : NodeEvent
{
    /// <summary>The kind of trouble.</summary>
    public TransportFault Fault { get; init; } = TransportFault.Other;

    /// <summary>How many accepts failed in the same way since this fault was last logged.</summary>
    public long Untold { get; init; }
}
