namespace ActorP2P.Protocol;

/// <summary>An address to dial.</summary>
/// <param name="Address">The address.</param>
/// <param name="Purpose">Why.</param>
internal sealed record DialOrder(PeerAddress Address, DialPurpose Purpose);
