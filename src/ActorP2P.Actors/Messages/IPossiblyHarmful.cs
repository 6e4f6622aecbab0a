namespace ActorP2P.Actors;

/// <summary>Marks messages that a sender outside of the process should not be able to send.</summary>
public interface IPossiblyHarmful;
