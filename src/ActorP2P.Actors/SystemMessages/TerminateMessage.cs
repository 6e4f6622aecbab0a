namespace ActorP2P.Actors;

internal sealed class TerminateMessage : SystemMessage;
