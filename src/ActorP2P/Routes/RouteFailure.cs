namespace ActorP2P;

/// <summary>Why an actor that messages are routed to gave no answer.</summary>
public enum RouteFailure
{
    /// <summary>It has not answered in time.</summary>
    TimedOut,
    /// <summary>It answered with a message of another type.</summary>
    UnexpectedAnswer,
    /// <summary>It has ended.</summary>
    ActorEnded,
    /// <summary>There is none any more: the registry has no actor under the key.</summary>
    NoActor,
}
