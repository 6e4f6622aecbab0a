using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A broadcast with which the Broadcaster has finished.</summary>
/// <param name="Charge">What it still occupies at its connection.</param>
/// <param name="Points">The penalty points of the peer.</param>
/// <param name="Detail">What the points are for.</param>
internal readonly record struct DoneBroadcast(InboundCharge Charge, int Points, string Detail);
