namespace ActorP2P.Determinism.TestKit.Tests;

internal sealed record Pay;
