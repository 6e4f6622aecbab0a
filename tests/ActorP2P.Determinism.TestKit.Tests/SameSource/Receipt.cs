namespace ActorP2P.Determinism.TestKit.Tests;

internal sealed record Receipt(int Total);
