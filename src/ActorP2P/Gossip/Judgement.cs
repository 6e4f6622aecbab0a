using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>What the application says of a broadcast.</summary>
/// <param name="Broadcast">The broadcast.</param>
/// <param name="Verdict">The verdict; null when the message is malformed.</param>
/// <param name="IsForged">Whether it must be signed, and its author has not signed it.</param>
internal readonly record struct Judgement(GossipMessages.Arrived Broadcast, Verdict? Verdict, bool IsForged = false);
