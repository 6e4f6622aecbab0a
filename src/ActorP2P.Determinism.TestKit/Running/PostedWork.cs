namespace ActorP2P.Determinism.TestKit;

/// <summary>Work that was posted to a test's synchronization context.</summary>
internal readonly record struct PostedWork(SendOrPostCallback Callback, object? State);
