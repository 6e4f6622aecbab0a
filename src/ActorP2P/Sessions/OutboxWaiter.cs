namespace ActorP2P;

/// <summary>A notify that waits for room, and who waits with it.</summary>
internal readonly record struct OutboxWaiter(OutboxEntry Entry, TaskCompletionSource Promise);
