namespace ActorP2P;

/// <summary>What identifies an entry of a store.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The key.</param>
internal readonly record struct StoreEntryName(string Table, string Key)
{
    /// <summary>The entry that a change concerns.</summary>
    public static StoreEntryName Of(PeerStoreChange change) => new(change.Table, change.Key);
}
