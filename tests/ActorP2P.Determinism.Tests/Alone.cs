namespace ActorP2P.Determinism.Tests;

/// <summary>Tests that change the process, or measure it, run beside no others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
