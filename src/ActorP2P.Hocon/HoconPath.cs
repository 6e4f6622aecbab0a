using System.Text;

namespace ActorP2P.Hocon;

/// <summary>Paths of keys: dots between the keys, and quotes round a key that holds what an unquoted one may not.</summary>
internal static class HoconPath
{
    /// <summary>The keys of a path that a program gives.</summary>
    /// <exception cref="HoconException">The path is empty, or a key of it is and has no quotes.</exception>
    public static string[] Split(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Contains('"'))
        {
            var reader = new HoconReader(new HoconSource(path));
            string[] quoted = HoconPathReader.Read(reader);
            reader.SkipSpaces();
            return reader.AtEnd ? quoted : throw reader.Error($"{path} is not a path: a key with such characters needs quotes");
        }
        string[] keys = path.Split('.');
        return Array.IndexOf(keys, "") < 0
            ? keys
            : throw new HoconException($"The path '{path}' has an empty key; write \"\" where that is meant.");
    }

    /// <summary>The path of the keys, with quotes where they are needed.</summary>
    public static string Render(ReadOnlySpan<string> keys)
    {
        var path = new StringBuilder();
        foreach (string key in keys)
        {
            path.Append(path.Length == 0 ? "" : ".");
            if (key.Length > 0 && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            {
                path.Append(key);
            }
            else
            {
                HoconRenderer.AppendQuoted(path, key);
            }
        }
        return path.ToString();
    }
}
