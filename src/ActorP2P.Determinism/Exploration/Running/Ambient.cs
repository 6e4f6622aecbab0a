namespace ActorP2P.Determinism;

/// <summary>In whose name the code of a run is running, and what it follows from.</summary>
/// <param name="Lane">The actor or the driving program.</param>
/// <param name="Event">What the code follows from; null: whatever the lane did last.</param>
internal readonly record struct Ambient(Lane Lane, CausalEvent? Event)
{
    /// <summary>What something done now follows from.</summary>
    public CausalEvent? Cause => Event ?? Lane.Last;
}
