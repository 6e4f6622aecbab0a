namespace ActorP2P;

/// <summary>
/// Events were lost because this subscriber did not read them in time. This event stands in their place, before the
/// next event that was kept.
/// </summary>
/// <param name="Count">The number of events lost since the last event of this kind.</param>
public sealed record EventsMissed(long Count) : NodeEvent;
