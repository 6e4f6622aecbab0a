namespace ActorP2P;

/// <summary>The tables of the node's store. They are read when the node starts.</summary>
internal static class StoreTables
{
    /// <summary>The node's bans.</summary>
    public const string Bans = "bans";

    /// <summary>The addresses of nodes that the node knows, as the parts of a saved book.</summary>
    public const string Addresses = "addresses";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Bans, Addresses];
}
