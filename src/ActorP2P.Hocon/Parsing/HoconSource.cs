namespace ActorP2P.Hocon;

/// <summary>A text to read, and the file it comes from; null for a text without a file.</summary>
internal sealed record HoconSource(string Text, string? File = null)
{
    /// <summary>Describes an offset for people: line and column, both from 1, after the file if there is one.</summary>
    public string Describe(int offset)
    {
        int upTo = Math.Min(offset, Text.Length);
        ReadOnlySpan<char> before = Text.AsSpan(0, upTo);
        return Describe(File, before.Count('\n') + 1, upTo - before.LastIndexOf('\n'));
    }

    public static string Describe(string? file, int line, int column) =>
        $"({(file is null ? "" : file + ", ")}line {line}, column {column})";
}
