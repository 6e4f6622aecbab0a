namespace ActorP2P;

/// <summary>Which broadcasts a node wants from its peers. They send it no others.</summary>
public enum BroadcastChoice
{
    /// <summary>Those of the types that have a handler.</summary>
    Handled,

    /// <summary>None: for a node that is still behind, say, and could not judge them.</summary>
    None,

    /// <summary>All of them.</summary>
    All,
}
