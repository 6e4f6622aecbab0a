namespace ActorP2P.Determinism;

/// <summary>The other parts of a world that is spread over several worlds, which may be in other processes.</summary>
internal interface IWorldParts
{
    /// <summary>The least time that anything takes from a node of one part to a node of another part.</summary>
    TimeSpan LookAhead { get; }

    /// <summary>
    /// Agrees with the other parts on the time of the next event anywhere, and plans the events that they have sent.
    /// Everything before that time and the look-ahead can then run.
    /// </summary>
    /// <param name="next">The time of the next event here, in ticks; the greatest number when there is none.</param>
    /// <returns>The least such time of all parts, in ticks.</returns>
    long Agree(long next);
}
