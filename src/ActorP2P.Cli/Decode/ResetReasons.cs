namespace ActorP2P.Cli.Decode;

/// <summary>The names of the reasons of resets in docs/internals/protocol.md.</summary>
internal static class ResetReasons
{
    private static readonly string[] s_names =
        ["Stopped", "NoRoom", "Duplicate", "Unwanted", "Hold", "Resume", "Stalled"];

    public static string NameOf(ushort code) => code < s_names.Length ? s_names[code] : $"{code}";
}
