namespace ActorP2P.Benchmarks;

/// <summary>What two runs say of a figure.</summary>
internal enum Change
{
    /// <summary>They differ by no more than noise.</summary>
    Same,
    /// <summary>It got better, beyond noise.</summary>
    Better,
    /// <summary>It got worse, beyond noise.</summary>
    Worse,
    /// <summary>There are too few samples to tell, or another machine.</summary>
    Unsure,
}
