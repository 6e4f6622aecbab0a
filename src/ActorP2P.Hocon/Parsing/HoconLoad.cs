using System.Text;

namespace ActorP2P.Hocon;

/// <summary>One load of configuration: a text, the files that it includes, and the bounds of all of them.</summary>
internal sealed class HoconLoad(HoconOptions options)
{
    // Lightbend's reference implementation has the same limit.
    private const int MostNestedIncludes = 50;

    // Files that include two others each double in number with every level, so the limit on nesting is not enough.
    private const int MostIncludes = 1_000;

    private static readonly UTF8Encoding s_utf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly string[] s_extensions = [".json", ".conf"];

    private readonly Stack<string> _files = new();
    private int _left = options.MaxSize;
    private int _includes;

    public HoconOptions Options { get; } = options;

    public HoconBudget Budget { get; } = new();

    /// <summary>Reads a text and resolves its substitutions.</summary>
    public HoconElement Text(string text)
    {
        if (text.Length > Options.MaxSize)
        {
            throw new HoconException($"The configuration has {text.Length} characters; allowed: {Options.MaxSize}.");
        }
        return Resolved(new HoconParser(new HoconSource(text), this, prefix: []).ParseDocument());
    }

    /// <summary>Reads a file and resolves its substitutions.</summary>
    public HoconElement File(string path)
    {
        string full = Path.GetFullPath(path);
        string text = Read(full, path) ?? throw new HoconException($"There is no file {path}.");
        _files.Push(full);
        return Resolved(new HoconParser(new HoconSource(text, path), this, prefix: []).ParseDocument());
    }

    /// <summary>Reads the file that an include statement names into the object that contains the statement.</summary>
    public void Include(
        string name, bool required, HoconPosition position, HoconMap into, int depth, IReadOnlyList<string>? prefix)
    {
        if (name.Contains("://", StringComparison.Ordinal))
        {
            throw position.Error($"include \"{name}\" is not supported: only files can be included, not URLs");
        }
        if (name.EndsWith(".properties", StringComparison.OrdinalIgnoreCase))
        {
            throw position.Error($"include \"{name}\" is not supported: only HOCON and JSON files can be included");
        }
        bool found = false;
        foreach (string file in Candidates(Locate(name, position), position))
        {
            found |= IncludeOne(file, position, into, depth, prefix);
        }
        if (required && !found)
        {
            throw position.Error($"The required file \"{name}\" does not exist");
        }
    }

    private HoconElement Resolved(HoconElement root) => new HoconResolver(root, Options, Budget).Resolve();

    private string Locate(string name, HoconPosition position)
    {
        if (name.Length == 0 || name.Contains('\0'))
        {
            throw position.Error("include needs the name of a file");
        }
        if (Path.IsPathFullyQualified(name))
        {
            return Path.GetFullPath(name);
        }
        return _files.TryPeek(out string? including)
            ? Path.GetFullPath(name, Path.GetDirectoryName(including)!)
            : throw position.Error(
                $"include \"{name}\" is relative to the including file, but this text does not come from a file");
    }

    /// <summary>
    /// The files that a name may mean: the name itself, and, if it has no known extension, the name with each of them.
    /// </summary>
    private static string[] Candidates(string file, HoconPosition position)
    {
        if (s_extensions.Any(extension => file.EndsWith(extension, StringComparison.Ordinal)))
        {
            return [file];
        }
        string[] extended = [.. s_extensions.Select(extension => file + extension)];
        if (!Directory.Exists(file))
        {
            return [file, .. extended];
        }
        return extended.Any(System.IO.File.Exists) ? extended : throw position.Error($"{file} is a directory");
    }

    private bool IncludeOne(
        string file, HoconPosition position, HoconMap into, int depth, IReadOnlyList<string>? prefix)
    {
        if (_files.Contains(file))
        {
            throw position.Error($"{file} includes itself, by way of {string.Join(" < ", _files)}");
        }
        if (_files.Count > MostNestedIncludes)
        {
            throw position.Error($"Files are included more than {MostNestedIncludes} deep");
        }
        if (++_includes > MostIncludes)
        {
            throw position.Error($"More than {MostIncludes} files are included");
        }
        string? text;
        try
        {
            text = Read(file, file);
        }
        catch (HoconException unreadable)
        {
            throw new HoconException(
                $"{unreadable.Message} It is included {position.Source.Describe(position.Offset)}.", unreadable);
        }
        if (text is null)
        {
            return false;
        }
        _files.Push(file);
        new HoconParser(new HoconSource(text, file), this, prefix).ParseObject(into, depth);
        _files.Pop();
        return true;
    }

    /// <summary>The text of a file; null when the file does not exist.</summary>
    private string? Read(string file, string name)
    {
        Options.Opening?.Invoke(file);
        try
        {
            using FileStream stream = System.IO.File.OpenRead(file);
            var content = new MemoryStream();
            byte[] buffer = new byte[64 * 1024];
            // The bytes are counted while they are read: the length that a file reports may be wrong, and a device has
            // no end.
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                _left -= read;
                if (_left < 0)
                {
                    throw new HoconException($"{name} makes the configuration longer than {Options.MaxSize} bytes.");
                }
                content.Write(buffer, 0, read);
            }
            return Decoded(content.GetBuffer().AsSpan(0, (int)content.Length), name);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            string what = Directory.Exists(file)
                ? "is a directory"
                : $"cannot be read: {unreadable.Message.TrimEnd('.')}";
            throw new HoconException($"{name} {what}.", unreadable);
        }
    }

    private static string Decoded(ReadOnlySpan<byte> bytes, string name)
    {
        ReadOnlySpan<byte> content = bytes.StartsWith(Encoding.UTF8.Preamble)
            ? bytes[Encoding.UTF8.Preamble.Length..]
            : bytes;
        try
        {
            return s_utf8.GetString(content);
        }
        catch (DecoderFallbackException malformed)
        {
            ReadOnlySpan<byte> before = content[..Math.Clamp(malformed.Index, 0, content.Length)];
            string where = HoconSource.Describe(
                name, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
            throw new HoconException($"The file is not valid UTF-8 {where}.", malformed);
        }
    }
}
