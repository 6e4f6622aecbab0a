using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A broadcast with which the Broadcaster has finished.</summary>
/// <param name="Charge">What it still occupies at its connection.</param>
/// <param name="Fault">What is wrong with it.</param>
internal readonly record struct DoneBroadcast(InboundCharge Charge, BroadcastFault Fault);
