namespace ActorP2P.Protocol;

/// <summary>Which side of the connection a node is on.</summary>
internal enum SessionRole
{
    /// <summary>It dialled.</summary>
    Initiator,
    /// <summary>It accepted.</summary>
    Responder,
}
