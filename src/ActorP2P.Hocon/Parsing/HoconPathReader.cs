using System.Text;

namespace ActorP2P.Hocon;

/// <summary>Reads path expressions: the keys before a value, and the paths in <c>${}</c>.</summary>
internal static class HoconPathReader
{
    /// <summary>
    /// Reads a path up to the first character that cannot belong to it. Space after the path is not consumed.
    /// </summary>
    /// <exception cref="HoconException">There is no path, or it has an empty key without quotes.</exception>
    public static string[] Read(HoconReader reader)
    {
        reader.SkipSpaces();
        int from = reader.At;
        if (SingleKey(reader) is { } single)
        {
            return [single];
        }
        reader.At = from;
        var keys = new List<string>();
        var key = new StringBuilder();
        bool quoted = false;
        int end = from;
        while (AtPiece(reader))
        {
            // Space between two pieces of a key belongs to the key, as space between the words of a value belongs to
            // the value.
            key.Append(reader.Since(end));
            if (reader.Current == '"')
            {
                key.Append(reader.ReadQuoted().Span);
                quoted = true;
            }
            else
            {
                int start = reader.At;
                reader.SkipUnquoted();
                AddUnquoted(reader, start, keys, key, ref quoted);
            }
            end = reader.At;
            reader.SkipSpaces();
        }
        if (end == from)
        {
            throw reader.Error("A key is missing");
        }
        reader.At = end;
        keys.Add(Finished(reader, key, quoted));
        return [.. keys];
    }

    /// <summary>
    /// The key, if it is a single one without dots and pieces, as nearly all keys are; otherwise null.
    /// </summary>
    private static string? SingleKey(HoconReader reader)
    {
        if (!AtPiece(reader))
        {
            return null;
        }
        int from = reader.At;
        string? key = null;
        if (reader.Current == '"')
        {
            key = reader.Remember(reader.ReadQuoted().Span);
        }
        else
        {
            reader.SkipUnquoted();
            if (!reader.Since(from).Contains('.'))
            {
                key = reader.Remember(reader.Since(from));
            }
        }
        int end = reader.At;
        reader.SkipSpaces();
        bool alone = !AtPiece(reader);
        reader.At = end;
        return alone ? key : null;
    }

    private static bool AtPiece(HoconReader reader) => !reader.AtEnd && !reader.AtComment
        && (reader.Current == '"' || (reader.Current != '\n' && !HoconCharacters.IsReserved(reader.Current)));

    private static void AddUnquoted(
        HoconReader reader, int start, List<string> keys, StringBuilder key, ref bool quoted)
    {
        int end = reader.At;
        foreach (Range part in reader.Since(start).Split('.'))
        {
            (int offset, int length) = part.GetOffsetAndLength(end - start);
            if (offset > 0)
            {
                reader.At = start + offset - 1;
                keys.Add(Finished(reader, key, quoted));
                key.Clear();
                quoted = false;
                reader.At = end;
            }
            key.Append(reader.Since(start).Slice(offset, length));
        }
    }

    private static string Finished(HoconReader reader, StringBuilder key, bool quoted) => key.Length > 0 || quoted
        ? reader.Remember(key.ToString())
        : throw reader.Error(
            "A path may not begin or end with a dot, nor have two in a row; an empty key needs quotes");
}
