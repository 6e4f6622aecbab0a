namespace ActorP2P;

/// <summary>
/// Which peers may use a service of a node. Each value also admits the peers that a later one admits.
/// </summary>
public enum ServiceAccess
{
    /// <summary>Every peer.</summary>
    Open,
    /// <summary>
    /// Members: peers whose ids are proven, and which are on the node's list of allowed nodes or know the secret of the
    /// private network. A node with neither a list nor a secret has no members.
    /// </summary>
    Member,
    /// <summary>Peers that have logged in on this connection.</summary>
    LoggedIn,
}
