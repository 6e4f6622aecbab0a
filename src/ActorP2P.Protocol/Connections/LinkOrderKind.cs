namespace ActorP2P.Protocol;

/// <summary>What is to be done with a link to a node that has several.</summary>
internal enum LinkOrderKind
{
    /// <summary>Use it: it is the link to its node now.</summary>
    Use,

    /// <summary>Ping it, and report the answer by <see cref="DuplicateLinks.OnAnswered"/>.</summary>
    Ping,

    /// <summary>Close it with a goodbye: another link to the same node is used.</summary>
    Close,
}
