using System.Text;

namespace ActorP2P.Hocon;

/// <summary>Paths of keys: dots between the keys, and quotes around a key that contains other characters.</summary>
internal static class HoconPath
{
    /// <summary>Splits a path into its keys.</summary>
    /// <exception cref="HoconException">The path is empty, or has an empty key without quotes.</exception>
    public static string[] Split(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Contains('"'))
        {
            var reader = new HoconReader(new HoconSource(path));
            string[] quoted = HoconPathReader.Read(reader);
            reader.SkipSpaces();
            return reader.AtEnd
                ? quoted
                : throw reader.Error($"{path} is not a path: a key with such characters needs quotes");
        }
        string[] keys = path.Split('.');
        return Array.IndexOf(keys, "") < 0
            ? keys
            : throw new HoconException($"The path '{path}' has an empty key; write \"\" for an intended one.");
    }

    /// <summary>Joins keys to a path, with quotes where they are needed.</summary>
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
