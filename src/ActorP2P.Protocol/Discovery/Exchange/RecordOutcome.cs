namespace ActorP2P.Protocol;

/// <summary>What became of a record that the node was told.</summary>
internal enum RecordOutcome
{
    /// <summary>It is refused, and counted.</summary>
    Refused,

    /// <summary>It is known already.</summary>
    Known,

    /// <summary>
    /// It is new, or newer than the one that was known, and at least one of its addresses is in the book.
    /// </summary>
    Taken,
}
