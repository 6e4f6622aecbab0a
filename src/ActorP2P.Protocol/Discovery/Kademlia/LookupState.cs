namespace ActorP2P.Protocol;

/// <summary>What a lookup knows of one node.</summary>
internal enum LookupState
{
    /// <summary>It may be asked.</summary>
    Waiting,
    /// <summary>It is asked.</summary>
    Asked,
    /// <summary>It has answered.</summary>
    Answered,
    /// <summary>It has not answered.</summary>
    Failed,
}
