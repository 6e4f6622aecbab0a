namespace ActorP2P.Actors;

/// <summary>Why an actor waits for its children to stop.</summary>
internal enum TerminationKind
{
    /// <summary>To be restarted.</summary>
    Recreation,

    /// <summary>To be made again after it could not be made.</summary>
    Creation,

    /// <summary>To stop itself.</summary>
    Termination,
}
