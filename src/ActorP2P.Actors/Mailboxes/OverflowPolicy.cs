namespace ActorP2P.Actors;

/// <summary>Which message gives way when a bounded mailbox is full; ours.</summary>
public enum OverflowPolicy
{
    /// <summary>The one that comes.</summary>
    DropNewest,

    /// <summary>The one that waited longest.</summary>
    DropOldest,
}
