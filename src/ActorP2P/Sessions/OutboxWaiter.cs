namespace ActorP2P;

/// <summary>A message that waits for room.</summary>
/// <param name="Entry">The message.</param>
/// <param name="GiveUpAt">When it waits no longer: its expiry, or sooner.</param>
/// <param name="Promise">Who waits with a notify. Who waits for a request is the RequestTracker's to tell.</param>
internal readonly record struct OutboxWaiter(OutboxEntry Entry, TimeSpan? GiveUpAt, TaskCompletionSource? Promise);
