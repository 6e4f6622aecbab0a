using System.Globalization;
using ActorP2P.Hocon;

namespace ActorP2P.Simulation;

/// <summary>
/// One object of a scenario file. It remembers the keys that were asked for. A key that is left over is an error,
/// because in an experiment a misspelt key gives a wrong result.
/// </summary>
internal sealed class ScenarioSection(HoconConfig config, string path, ScenarioPositions positions)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Its path in the file.</summary>
    public string Path => path;

    public bool Has(string key) => config.HasPath(Key(key));

    public string Text(string key, string @default) => Read(key, quoted => config.GetString(quoted, @default)!);

    public int Whole(string key, int @default, int least, int most)
    {
        int value = Read(key, quoted => config.GetInt(quoted, @default));
        return value >= least && value <= most ? value : throw Refuse(key, value, $"{least} to {most}");
    }

    public TimeSpan Time(string key, TimeSpan @default, TimeSpan least)
    {
        TimeSpan value = Read(key, quoted => config.GetTimeSpan(quoted, @default, allowInfinite: false));
        return value >= least && value <= TimeSpan.FromDays(30)
            ? value
            : throw Refuse(key, value, $"{least:c} to 30 days");
    }

    public TimeSpan? TimeOrNone(string key) => Has(key) ? Time(key, default, TimeSpan.Zero) : null;

    public long Size(string key, long @default, long least, long most)
    {
        long value = Read(key, quoted => config.GetByteSize(quoted, @default)!.Value);
        return value >= least && value <= most ? value : throw Refuse(key, value, $"{least} to {most} bytes");
    }

    /// <summary>A share, as <c>95%</c> or <c>0.95</c>.</summary>
    public double Share(string key, double @default)
    {
        string text = Text(key, @default.ToString(CultureInfo.InvariantCulture));
        return TryShare(text, out double share) ? share : throw Refuse(key, text, "0% to 100%, or 0 to 1");
    }

    public double? ShareOrNone(string key) => Has(key) ? Share(key, 0) : null;

    public double? NumberOrNone(string key) => Has(key) ? Read(key, quoted => config.GetDouble(quoted)) : null;

    public string OneOf(string key, string @default, params ReadOnlySpan<string> allowed)
    {
        string value = Text(key, @default);
        foreach (string one in allowed)
        {
            if (one == value)
            {
                return value;
            }
        }

        throw Refuse(key, value, string.Join(", ", allowed.ToArray()));
    }

    /// <summary>Whether a key has an object.</summary>
    public bool IsObject(string key) => config.AsEnumerable().Any(
        entry => entry.Key == key && entry.Value.IsObject());

    /// <summary>A text, or a list of texts.</summary>
    public IReadOnlyList<string> Texts(string key) => Read(key, quoted =>
    {
        bool isList = config.AsEnumerable().Any(
            entry => entry.Key == key && (entry.Value.IsArray() || entry.Value.IsObject()));
        return isList ? [.. config.GetStringList(quoted)]
            : config.GetString(quoted) is { } single ? (IReadOnlyList<string>)[single]
            : [];
    });

    public HoconConfig Config(string key) => Read(key, config.GetConfig);

    public ScenarioSection Section(string key) => new(Config(key), $"{path}.{key}", positions);

    /// <summary>The objects in an object, by their keys, in the order of the file.</summary>
    public IEnumerable<(string Name, ScenarioSection Section)> Sections(string key)
    {
        HoconConfig all = Config(key);
        foreach ((string name, HoconElement value) in all.AsEnumerable())
        {
            if (!value.IsObject())
            {
                throw Error($"{path}.{key}.{name} is a value; allowed: an object", $"{key}.{name}");
            }

            yield return (name,
                new ScenarioSection(all.GetConfig(HoconConfig.Quote(name)), $"{path}.{key}.{name}", positions));
        }
    }

    /// <summary>All keys, for an object whose keys are names.</summary>
    public IEnumerable<string> Names => config.AsEnumerable().Select(static entry => entry.Key);

    /// <summary>Checks that every key has been asked for.</summary>
    /// <exception cref="ScenarioException">There is an unknown key.</exception>
    public void End()
    {
        foreach (string key in Names)
        {
            if (!_known.Contains(key))
            {
                string nearest = NearestName.Of(key, _known) is { } name ? $"; did you mean {name}?" : "";
                throw Error(
                    $"{path}.{key} is unknown; allowed: "
                    + $"{string.Join(", ", _known.Order(StringComparer.Ordinal))}{nearest}", key);
            }
        }
    }

    public ScenarioException Refuse(string key, object value, string allowed) => Error(
        string.Create(CultureInfo.InvariantCulture, $"{path}.{key} is {value}; allowed: {allowed}"), key);

    /// <summary>An error, with the place of a key's value; without a key, with the place of this object.</summary>
    public ScenarioException Error(string what, string? key = null, Exception? inner = null) =>
        ErrorIn(positions.Find(key is null ? path : $"{path}.{key}") ?? positions.Find(path), what, inner);

    /// <summary>An error in a value elsewhere in the file, with its place.</summary>
    public ScenarioException ErrorAt(string otherPath, string what) => ErrorIn(positions.Find(otherPath), what, null);

    private static ScenarioException ErrorIn(string? place, string what, Exception? inner) =>
        new($"{what.TrimEnd('.')}{(place is null ? "" : $" {place}")}.", inner)
        {
            NamesFile = place?.Contains(", line", StringComparison.Ordinal) == true,
        };

    public static bool TryShare(string text, out double share)
    {
        bool isPercent = text.EndsWith('%');
        bool isNumber = double.TryParse(
            isPercent ? text[..^1].TrimEnd() : text, NumberStyles.Float, CultureInfo.InvariantCulture, out share);
        share = isPercent ? share / 100 : share;
        return isNumber && share is >= 0 and <= 1;
    }

    /// <summary>A number of anything, within limits.</summary>
    public double Number(string key, double @default, double least, double most)
    {
        double value = NumberOrNone(key) ?? @default;
        return value >= least && value <= most
            ? value
            : throw Refuse(key, value, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
    }

    /// <summary>A size in bytes, or null when there is none.</summary>
    public long? SizeOrNone(string key) => Has(key) ? Size(key, 0, 1, long.MaxValue) : null;

    private T Read<T>(string key, Func<string, T> read)
    {
        try
        {
            return read(Key(key));
        }
        catch (HoconException malformed)
        {
            throw Error($"{path}: {malformed.Message}", key.Trim('"'), malformed);
        }
    }

    private string Key(string key)
    {
        _known.Add(key);
        return HoconConfig.Quote(key);
    }
}
