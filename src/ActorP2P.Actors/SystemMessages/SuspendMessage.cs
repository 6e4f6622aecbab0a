namespace ActorP2P.Actors;

internal sealed class SuspendMessage : SystemMessage;
