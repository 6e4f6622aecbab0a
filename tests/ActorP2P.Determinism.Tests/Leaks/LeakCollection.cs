namespace ActorP2P.Determinism.Tests;

/// <summary>Tests that switch the detection off for the process run beside no others.</summary>
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
public sealed class LeakCollection;
