using System.Text;

namespace ActorP2P.Hocon;

/// <summary>
/// Immutable settings by path, read from the whole HOCON language of Lightbend's specification. A
/// path consists of keys with dots between them; a key with characters other than letters, digits,
/// - and _ is in quotes. Reading a missing value gives the default. Reading a value that is null or has another form
/// throws a <see cref="HoconException"/> that names path and value.
/// </summary>
public sealed partial class HoconConfig
{
    private readonly HoconMap _root;

    internal HoconConfig(HoconMap root) => _root = root;

    /// <summary>A configuration without values.</summary>
    public static HoconConfig Empty { get; } = new(new HoconMap());

    /// <summary>Reads HOCON text.</summary>
    /// <exception cref="HoconException">The text is malformed; the message names line and column.</exception>
    public static HoconConfig Parse(string hocon) => Parse(hocon, HoconOptions.Default);

    /// <summary>Reads HOCON text within given bounds.</summary>
    /// <exception cref="HoconException">The text is malformed; the message names line and column.</exception>
    public static HoconConfig Parse(string hocon, HoconOptions options)
    {
        ArgumentNullException.ThrowIfNull(hocon);
        ArgumentNullException.ThrowIfNull(options);
        return Of(new HoconLoad(options).Text(hocon));
    }

    /// <summary>
    /// Reads a HOCON file and the files it includes. Relative names are relative to the including file.
    /// </summary>
    /// <exception cref="HoconException">
    /// A file cannot be read or is malformed; the message names file, line and column. Nothing is loaded.
    /// </exception>
    public static HoconConfig FromFile(string filePath) => FromFile(filePath, HoconOptions.Default);

    /// <summary>Reads a HOCON file and the files it includes, within given bounds.</summary>
    /// <exception cref="HoconException">
    /// A file cannot be read or is malformed; the message names file, line and column. Nothing is loaded.
    /// </exception>
    public static HoconConfig FromFile(string filePath, HoconOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        ArgumentNullException.ThrowIfNull(options);
        return Of(new HoconLoad(options).File(filePath));
    }

    /// <summary>
    /// Puts a key or a text in quotes, with the escapes that it needs, for HOCON and paths that a program composes.
    /// </summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = new StringBuilder(text.Length + 2);
        HoconRenderer.AppendQuoted(quoted, text);
        return quoted.ToString();
    }

    /// <summary>Whether there are no values.</summary>
    public bool IsEmpty => _root.Count == 0;

    /// <summary>Whether there is a value at the path that is not null.</summary>
    public bool HasPath(string path) => Find(path) is not (null or HoconText { Type: HoconTextKind.Null });

    /// <summary>
    /// Adds the values of another configuration where this one has none. Objects in both are merged. A null in this
    /// configuration hides the other's value.
    /// </summary>
    /// <exception cref="HoconException">The result is larger than any sensible configuration.</exception>
    public HoconConfig WithFallback(HoconConfig fallback)
    {
        ArgumentNullException.ThrowIfNull(fallback);
        return new HoconConfig(HoconMerge.Over(_root, fallback._root, new HoconBudget()));
    }

    /// <summary>The object at a path; empty when there is none.</summary>
    /// <exception cref="HoconException">The value at the path is not an object.</exception>
    public HoconConfig GetConfig(string path) => Find(path) switch
    {
        null => Empty,
        HoconMap inner => new HoconConfig(inner),
        HoconElement other => throw Malformed(path, other.Kind, "an object"),
    };

    /// <summary>The keys and values at the top, in the order in which they appeared.</summary>
    public IEnumerable<KeyValuePair<string, HoconElement>> AsEnumerable()
    {
        for (int i = 0; i < _root.Count; i++)
        {
            yield return new(_root.KeyAt(i), _root.ValueAt(i));
        }
    }

    /// <summary>The whole configuration as HOCON that is also JSON. Reading it gives the same configuration.</summary>
    public override string ToString() => HoconRenderer.Render(_root);

    /// <summary>
    /// The whole configuration in the small part of HOCON that Akka.NET's own reader understands: keys and
    /// values in quotes, no substitutions, no includes.
    /// <c>Akka.Configuration.ConfigurationFactory.ParseString</c> reads the same tree from it, and so does
    /// <see cref="Parse(string)"/>. The text of every value is kept, so Akka.NET throws when it reads a number
    /// or unit in a form that it does not know, such as <c>1e3</c> as an integer or <c>1.5 MiB</c> as a size.
    /// </summary>
    /// <exception cref="HoconException">
    /// Akka.NET cannot hold a value; the message names the path. Such a value is a text that begins or ends with
    /// white space, which Akka.NET trims; the text <c>null</c>, which it reads as no value; a key with a double
    /// quote, at which its paths and its <c>WithFallback</c> fail; or objects and lists nested deeper than 100,
    /// which may overflow its stack. It is also thrown when the result is longer than 128 Mi characters.
    /// </exception>
    public string ToPlainHocon() => new PlainRenderer().Render(_root);

    /// <summary>A text.</summary>
    public string? GetString(string path, string? @default = null) => Text(path, "a text") ?? @default;

    /// <summary>A whole number of 32 bits.</summary>
    public int GetInt(string path, int @default = 0) =>
        Read(path, @default, HoconNumber.TryInt, "a whole number from -2147483648 to 2147483647");

    /// <summary>A whole number of 64 bits.</summary>
    public long GetLong(string path, long @default = 0) =>
        Read(path, @default, HoconNumber.TryLong, "a whole number of 64 bits");

    /// <summary>A number.</summary>
    public float GetFloat(string path, float @default = 0) => Read(path, @default, HoconNumber.TryFloat, "a number");

    /// <summary>A number.</summary>
    public double GetDouble(string path, double @default = 0) =>
        Read(path, @default, HoconNumber.TryDouble, "a number");

    /// <summary>A decimal number.</summary>
    public decimal GetDecimal(string path, decimal @default = 0) =>
        Read(path, @default, HoconNumber.TryDecimal, "a number of at most 28 digits");

    /// <summary>A Boolean value: true, yes, on or false, no, off.</summary>
    public bool GetBoolean(string path, bool @default = false) =>
        Read(path, @default, HoconNumber.TryBoolean, "true, yes, on or false, no, off");

    /// <summary>A duration such as 10s, 1.5 minutes or infinite. A number without a unit means milliseconds.</summary>
    public TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true)
    {
        if (Text(path, "a duration") is not { } text)
        {
            return @default ?? TimeSpan.Zero;
        }
        bool understood = HoconUnits.TryDuration(text, out TimeSpan value);
        return understood && (allowInfinite || value != Timeout.InfiniteTimeSpan)
            ? value
            : throw Malformed(
                path, $"'{text}'", "a duration: a number with ns, us, ms, s, m, h or d, at most 10675199 days"
                + (allowInfinite ? ", or infinite" : ""));
    }

    /// <summary>
    /// A calendar period such as 2 weeks, 1 month or 5y. A number without a unit means days. Null when there is none.
    /// </summary>
    public HoconPeriod? GetPeriod(string path) => Text(path, "a period") is { } text
        ? HoconUnits.TryPeriod(text, out HoconPeriod value)
            ? value
            : throw Malformed(path, $"'{text}'", "a period: a whole number with d, w, mo or y")
        : null;

    /// <summary>A size in bytes such as 64KiB or 1 MB; the default when there is none.</summary>
    public long? GetByteSize(string path, long? def = null) => Text(path, "a size in bytes") is { } text
        ? HoconUnits.TrySize(text, out long value)
            ? value
            : throw Malformed(
                path, $"'{text}'", "a size in bytes: a number with B, kB, KiB, MB, MiB, GB, GiB, TB, TiB, "
                + "PB, PiB, EB or EiB, below 8 EiB")
        : def;

    private T Read<T>(string path, T @default, HoconConversion<T> convert, string wanted) =>
        Text(path, wanted) is { } text
        ? convert(text, out T value) ? value : throw Malformed(path, $"'{text}'", wanted)
        : @default;

    private HoconElement? Find(string path) => _root.Find(HoconPath.Split(path));

    private string? Text(string path, string wanted) => Find(path) switch
    {
        null => null,
        HoconText { Type: not HoconTextKind.Null } text => text.Text,
        HoconElement other => throw Malformed(path, other.Kind, wanted),
    };

    private static HoconConfig Of(HoconElement root) => root is HoconMap @object
        ? new HoconConfig(@object)
        : throw new HoconException("The configuration is a list where an object is needed.");

    private static HoconException Malformed(string path, string found, string wanted) =>
        new($"The setting {path} is {found} but must be {wanted}.");
}
