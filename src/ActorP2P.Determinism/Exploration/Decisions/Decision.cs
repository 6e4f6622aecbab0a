namespace ActorP2P.Determinism;

/// <summary>A decision that differs from the plain order.</summary>
/// <param name="Key">Which decision.</param>
/// <param name="Value">What was decided, above 0.</param>
internal readonly record struct Decision(DecisionKey Key, int Value);
