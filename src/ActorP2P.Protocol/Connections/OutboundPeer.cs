namespace ActorP2P.Protocol;

/// <summary>An outbound connection, as the rules of slots see it.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Group">The network of the remote end (<see cref="NetworkGroup"/>).</param>
internal readonly record struct OutboundPeer(PeerKind Kind, string Group);
