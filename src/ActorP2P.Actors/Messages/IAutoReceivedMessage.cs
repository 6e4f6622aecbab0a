namespace ActorP2P.Actors;

/// <summary>Marks messages that the engine handles itself before an actor's own handlers.</summary>
public interface IAutoReceivedMessage;
