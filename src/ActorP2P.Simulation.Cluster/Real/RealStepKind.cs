namespace ActorP2P.Simulation;

/// <summary>What a run with real nodes does.</summary>
internal enum RealStepKind
{
    /// <summary>A node sends a message.</summary>
    Send,
    /// <summary>A node ends without a goodbye.</summary>
    Kill,
    /// <summary>A node starts, or starts again.</summary>
    Start,
}
