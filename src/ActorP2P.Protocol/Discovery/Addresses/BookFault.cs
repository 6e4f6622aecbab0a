namespace ActorP2P.Protocol;

/// <summary>Why bytes are not a saved book.</summary>
internal enum BookFault
{
    /// <summary>Nothing: they are one.</summary>
    None,

    /// <summary>They do not begin as a saved book does.</summary>
    NotABook,

    /// <summary>They have a format that this version does not know.</summary>
    UnknownFormat,

    /// <summary>They are cut off, or were changed.</summary>
    Damaged,
}
