namespace ActorP2P.Actors;

internal sealed record TerminationReason(TerminationKind Kind, Exception? Cause = null);
