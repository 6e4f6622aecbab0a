namespace ActorP2P;

/// <summary>A message that waits for room.</summary>
/// <param name="Entry">The message.</param>
/// <param name="GiveUpAt">When it stops waiting: at its expiry or sooner; null for never.</param>
/// <param name="Promise">
/// The promise to the sender of a notify. It is null for a request, whose sender the RequestTracker informs.
/// </param>
internal readonly record struct OutboxWaiter(OutboxEntry Entry, TimeSpan? GiveUpAt, TaskCompletionSource? Promise);
