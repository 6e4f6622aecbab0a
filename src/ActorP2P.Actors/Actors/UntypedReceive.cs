namespace ActorP2P.Actors;

/// <summary>A behaviour that handles every message in some way.</summary>
public delegate void UntypedReceive(object message);
