using System.Globalization;

namespace ActorP2P.Actors;

/// <summary>Settings by dotted path, immutable, with an optional fallback behind.</summary>
public sealed class Config
{
    private readonly HoconObject _root;

    internal Config(HoconObject root) => _root = root;

    /// <summary>A configuration without values.</summary>
    public static Config Empty { get; } = new(new HoconObject());

    /// <summary>True when there is no value at all.</summary>
    public bool IsEmpty => _root.Values.Count == 0;

    /// <summary>True when there is a value at the path.</summary>
    public bool HasPath(string path) => Find(path) is not null;

    /// <summary>This configuration, and where it has no value the other one.</summary>
    public Config WithFallback(Config fallback)
    {
        HoconObject merged = fallback._root.Copy();
        foreach ((string key, HoconValue value) in _root.Copy().Values)
        {
            merged.Set([key], value);
        }
        return new Config(merged);
    }

    /// <summary>The part below a path; empty when there is none.</summary>
    public Config GetConfig(string path) => Find(path) is HoconObject inner ? new Config(inner) : Empty;

    /// <summary>A text.</summary>
    public string? GetString(string path, string? @default = null) => Text(path) ?? @default;

    /// <summary>A whole number.</summary>
    public int GetInt(string path, int @default = 0) => (int)GetLong(path, @default);

    /// <summary>A whole number.</summary>
    public long GetLong(string path, long @default = 0) => Text(path) is not { } text
        ? @default
        : long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw Malformed(path, text, "a whole number");

    /// <summary>A number.</summary>
    public double GetDouble(string path, double @default = 0) => Text(path) is not { } text
        ? @default
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw Malformed(path, text, "a number");

    /// <summary>A truth: on, true, yes or off, false, no.</summary>
    public bool GetBoolean(string path, bool @default = false) => Text(path) is not { } text
        ? @default
        : text switch
        {
            "on" or "true" or "yes" => true,
            "off" or "false" or "no" => false,
            _ => throw Malformed(path, text, "on or off"),
        };

    /// <summary>A duration such as 10s, 1.5 minutes, infinite; a bare number is milliseconds.</summary>
    public TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true)
    {
        if (Text(path) is not { } text)
        {
            return @default ?? TimeSpan.Zero;
        }
        if (HoconUnits.TryDuration(text, out TimeSpan value) && (allowInfinite || value != Timeout.InfiniteTimeSpan))
        {
            return value;
        }
        throw Malformed(path, text, "a duration");
    }

    /// <summary>A size in bytes such as 64KiB or 1 MB; null when there is none.</summary>
    public long? GetByteSize(string path, long? def = null) => Text(path) is not { } text
        ? def
        : HoconUnits.TrySize(text, out long value) ? value : throw Malformed(path, text, "a size in bytes");

    /// <summary>A list of texts; empty when there is none.</summary>
    public IList<string> GetStringList(string path) => Find(path) switch
    {
        null => [],
        HoconList list => [.. list.Items.Select(item => item is HoconText text
            ? text.Text
            : throw Malformed(path, "an object or list", "a list of texts"))],
        _ => throw Malformed(path, Text(path) ?? "an object", "a list"),
    };

    /// <summary>A list of whole numbers; empty when there is none.</summary>
    public IList<int> GetIntList(string path) =>
        [.. GetStringList(path).Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Malformed(path, text, "a list of whole numbers"))];

    internal IEnumerable<string> Keys => _root.Values.Keys;

    private HoconValue? Find(string path) => _root.Find(HoconPath.Split(path));

    private string? Text(string path) => Find(path) switch
    {
        null => null,
        HoconText text => text.Text,
        _ => throw Malformed(path, "an object or a list", "a single value"),
    };

    private static ConfigurationException Malformed(string path, string found, string wanted) =>
        new($"The setting {path} is '{found}' but must be {wanted}.");
}
