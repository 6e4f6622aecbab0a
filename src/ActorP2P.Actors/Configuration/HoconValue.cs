namespace ActorP2P.Actors;

/// <summary>A value of a configuration: an object, a list or a text.</summary>
internal abstract class HoconValue;
