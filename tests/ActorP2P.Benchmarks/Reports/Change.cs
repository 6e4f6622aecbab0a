namespace ActorP2P.Benchmarks;

/// <summary>How a figure changed between two runs.</summary>
internal enum Change
{
    /// <summary>The difference is within noise.</summary>
    Same,
    /// <summary>The figure improved by more than noise.</summary>
    Better,
    /// <summary>The figure got worse by more than noise.</summary>
    Worse,
    /// <summary>There are too few samples, or the runs were made on different machines.</summary>
    Unsure,
}
