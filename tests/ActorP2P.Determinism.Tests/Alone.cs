namespace ActorP2P.Determinism.Tests;

/// <summary>
/// Tests in this collection change the process or measure it, so they do not run in parallel with other tests.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
