namespace ActorP2P.Actors;

/// <summary>Dotted paths; a quoted element may hold dots.</summary>
internal static class HoconPath
{
    public static string[] Split(string path)
    {
        if (!path.Contains('"'))
        {
            return path.Split('.', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }
        var elements = new List<string>();
        int at = 0;
        while (at < path.Length)
        {
            bool quoted = path[at] == '"';
            int from = quoted ? at + 1 : at;
            int end = path.IndexOf(quoted ? '"' : '.', from);
            end = end < 0 ? path.Length : end;
            elements.Add(path[from..end].Trim());
            at = quoted ? end + 2 : end + 1;
        }
        return [.. elements];
    }
}
