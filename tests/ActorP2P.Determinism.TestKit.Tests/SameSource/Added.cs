namespace ActorP2P.Determinism.TestKit.Tests;

internal sealed record Added(string What);
