using MessagePack;

namespace ActorP2P.MessagePack.Tests;

/// <summary>A message of a game, as MessagePack serializes it.</summary>
[MessagePackObject]
public sealed record Move(
    [property: Key(0)] string From, [property: Key(1)] string To, [property: Key(2)] Move? Before = null);
