namespace ActorP2P.Determinism;

/// <summary>
/// Which decision it is. It is named by the actor that it concerns and by how many of its kind that actor has had, so
/// that it keeps its meaning when other decisions are taken out of the schedule.
/// </summary>
/// <param name="Kind">What is decided.</param>
/// <param name="Subject">The path of the actor, or of the two actors of a message.</param>
/// <param name="Ordinal">The number among those of this kind and subject, from 1.</param>
internal readonly record struct DecisionKey(DecisionKind Kind, string Subject, int Ordinal);
