namespace ActorP2P.Actors;

/// <summary>Marks messages whose loss needs no dead letter.</summary>
public interface IDeadLetterSuppression;
