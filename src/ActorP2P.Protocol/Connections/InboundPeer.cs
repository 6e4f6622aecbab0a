namespace ActorP2P.Protocol;

/// <summary>What an inbound peer has been to this node, for the choice of the one that makes room.</summary>
/// <param name="Link">The number of its link.</param>
/// <param name="Group">Its address group.</param>
/// <param name="ReadyAt">When its connection became ready.</param>
/// <param name="LeastRoundTrip">Its shortest round trip; null when none was measured.</param>
/// <param name="UsefulAt">
/// When it last answered this node or brought a broadcast that was new and accepted; null when it never has.
/// </param>
internal readonly record struct InboundPeer(
    long Link, string Group, TimeSpan ReadyAt, TimeSpan? LeastRoundTrip, TimeSpan? UsefulAt);
