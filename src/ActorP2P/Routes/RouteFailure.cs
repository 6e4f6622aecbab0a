namespace ActorP2P;

/// <summary>Why an actor that messages are routed to gave no answer.</summary>
public enum RouteFailure
{
    /// <summary>The actor has not answered in time.</summary>
    TimedOut,
    /// <summary>The actor answered with a message of another type.</summary>
    UnexpectedAnswer,
    /// <summary>The actor has ended.</summary>
    ActorEnded,
    /// <summary>The actor does not exist, for example because the registry has no actor under the key.</summary>
    NoActor,
}
