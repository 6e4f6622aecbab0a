namespace ActorP2P;

/// <summary>
/// Events were lost because this subscriber did not read them in time. It comes in their place, before the next event
/// that was kept.
/// </summary>
/// <param name="Count">How many events were lost since the last such marker.</param>
public sealed record EventsMissed(long Count) : NodeEvent;
