namespace ActorP2P.Determinism.TestKit.Tests;

internal sealed record Price(string What, int Amount);
