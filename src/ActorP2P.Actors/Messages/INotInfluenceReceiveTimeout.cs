namespace ActorP2P.Actors;

/// <summary>Marks messages that do not restart the receive timeout of the actor that handles them.</summary>
public interface INotInfluenceReceiveTimeout;
