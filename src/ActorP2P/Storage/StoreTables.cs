namespace ActorP2P;

/// <summary>The tables of the node's store. They are read when the node starts.</summary>
internal static class StoreTables
{
    /// <summary>The node's bans.</summary>
    public const string Bans = "bans";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Bans];
}
