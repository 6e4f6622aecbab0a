namespace ActorP2P.Actors;

/// <summary>
/// Settings by path, immutable. A path is keys with dots between them; a key with other characters than letters, digits, - and _
/// stands in quotes. Reading a value that is missing gives the default; one that is null or of another form is an error.
/// </summary>
public sealed partial class Config
{
    private readonly HoconObject _root;

    internal Config(HoconObject root) => _root = root;

    /// <summary>A configuration without values.</summary>
    public static Config Empty { get; } = new(new HoconObject());

    /// <summary>True when there is no value at all.</summary>
    public bool IsEmpty => _root.Count == 0;

    /// <summary>True when there is a value at the path, and it is not null.</summary>
    public bool HasPath(string path) => Find(path) is not (null or HoconText { Type: HoconTextKind.Null });

    /// <summary>This configuration, and where it has no value the other one; objects of both are merged, a null hides one.</summary>
    /// <exception cref="ConfigurationException">The merge is larger than any sensible configuration.</exception>
    public Config WithFallback(Config fallback)
    {
        ArgumentNullException.ThrowIfNull(fallback);
        return new Config(HoconMerge.Over(_root, fallback._root, new HoconBudget()));
    }

    /// <summary>The part below a path; empty when there is none.</summary>
    /// <exception cref="ConfigurationException">There is a value that has no parts.</exception>
    public Config GetConfig(string path) => Find(path) switch
    {
        null => Empty,
        HoconObject inner => new Config(inner),
        HoconValue other => throw Malformed(path, other.Kind, "an object"),
    };

    /// <summary>The keys and values at the top, in the order in which they appeared.</summary>
    public IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable()
    {
        for (int i = 0; i < _root.Count; i++)
        {
            yield return new(_root.KeyAt(i), _root.ValueAt(i));
        }
    }

    /// <summary>The whole as HOCON that is JSON too; read again it gives the same configuration.</summary>
    public override string ToString() => HoconRenderer.Render(_root);

    /// <summary>A text.</summary>
    public string? GetString(string path, string? @default = null) => Text(path, "a text") ?? @default;

    /// <summary>A whole number of 32 bits.</summary>
    public int GetInt(string path, int @default = 0) =>
        Read(path, @default, HoconNumber.TryInt, "a whole number from -2147483648 to 2147483647");

    /// <summary>A whole number of 64 bits.</summary>
    public long GetLong(string path, long @default = 0) => Read(path, @default, HoconNumber.TryLong, "a whole number of 64 bits");

    /// <summary>A number.</summary>
    public float GetFloat(string path, float @default = 0) => Read(path, @default, HoconNumber.TryFloat, "a number");

    /// <summary>A number.</summary>
    public double GetDouble(string path, double @default = 0) => Read(path, @default, HoconNumber.TryDouble, "a number");

    /// <summary>A decimal number.</summary>
    public decimal GetDecimal(string path, decimal @default = 0) =>
        Read(path, @default, HoconNumber.TryDecimal, "a number of at most 28 digits");

    /// <summary>A truth: true, yes, on or false, no, off.</summary>
    public bool GetBoolean(string path, bool @default = false) =>
        Read(path, @default, HoconNumber.TryBoolean, "true, yes, on or false, no, off");

    /// <summary>A duration such as 10s, 1.5 minutes, infinite; a bare number is milliseconds.</summary>
    public TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true)
    {
        if (Text(path, "a duration") is not { } text)
        {
            return @default ?? TimeSpan.Zero;
        }
        bool understood = HoconUnits.TryDuration(text, out TimeSpan value);
        return understood && (allowInfinite || value != Timeout.InfiniteTimeSpan)
            ? value
            : throw Malformed(path, $"'{text}'", "a duration: a number with ns, us, ms, s, m, h or d, at most 10675199 days"
                + (allowInfinite ? ", or infinite" : ""));
    }

    /// <summary>A span of the calendar such as 2 weeks, 1 month, 5y; a bare number is days. Null when there is none.</summary>
    public ConfigPeriod? GetPeriod(string path) => Text(path, "a period") is { } text
        ? HoconUnits.TryPeriod(text, out ConfigPeriod value)
            ? value
            : throw Malformed(path, $"'{text}'", "a period: a whole number with d, w, mo or y")
        : null;

    /// <summary>A size in bytes such as 64KiB or 1 MB; the default when there is none.</summary>
    public long? GetByteSize(string path, long? def = null) => Text(path, "a size in bytes") is { } text
        ? HoconUnits.TrySize(text, out long value)
            ? value
            : throw Malformed(path, $"'{text}'", "a size in bytes: a number with B, kB, KiB, MB, MiB, GB, GiB, TB, TiB, PB, PiB, EB or EiB, below 8 EiB")
        : def;

    private T Read<T>(string path, T @default, HoconConversion<T> convert, string wanted) => Text(path, wanted) is { } text
        ? convert(text, out T value) ? value : throw Malformed(path, $"'{text}'", wanted)
        : @default;

    private HoconValue? Find(string path) => _root.Find(HoconPath.Split(path));

    private string? Text(string path, string wanted) => Find(path) switch
    {
        null => null,
        HoconText { Type: not HoconTextKind.Null } text => text.Text,
        HoconValue other => throw Malformed(path, other.Kind, wanted),
    };

    private static ConfigurationException Malformed(string path, string found, string wanted) =>
        new($"The setting {path} is {found} but must be {wanted}.");
}
