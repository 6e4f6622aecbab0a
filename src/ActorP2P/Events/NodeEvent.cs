namespace ActorP2P;

/// <summary>Something that happened to the node, told to whoever subscribes.</summary>
public abstract record NodeEvent;
