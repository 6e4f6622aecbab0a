namespace ActorP2P.Actors;

/// <summary>An actor that can put any number of messages aside.</summary>
public interface IWithUnboundedStash : IWithStash;
