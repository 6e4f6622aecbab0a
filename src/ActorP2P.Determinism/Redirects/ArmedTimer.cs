namespace ActorP2P.Determinism;

/// <summary>A timer of the runtime, as the runtime reports it.</summary>
/// <param name="Identity">The timer's identity hash.</param>
/// <param name="Life">The node life that set the timer.</param>
/// <param name="Due">When it is due, in milliseconds from now.</param>
internal readonly record struct ArmedTimer(long Identity, NodeLife Life, uint Due);
