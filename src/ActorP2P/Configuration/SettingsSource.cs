using ActorP2P.Hocon;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Returns the values of a configuration and remembers the keys that were asked for. These are all the settings, so
/// there is no second list of them to maintain.
/// </summary>
internal sealed class SettingsSource(HoconConfig config)
{
    private readonly List<string> _known = [];

    /// <summary>The keys that were asked for, as paths.</summary>
    public IReadOnlyList<string> Known => _known;

    /// <summary>
    /// Checks that a section is an object. A single value in its place would otherwise be ignored silently.
    /// </summary>
    public void Section(string path)
    {
        if (config.HasPath(path))
        {
            config.GetConfig(path);
        }
    }

    public string Text(string path, string @default) => config.GetString(Note(path), @default)!;

    public int Whole(string path, int @default) => config.GetInt(Note(path), @default);

    public bool Switch(string path, bool @default) => config.GetBoolean(Note(path), @default);

    public TimeSpan Time(string path, TimeSpan @default) =>
        config.GetTimeSpan(Note(path), @default, allowInfinite: false);

    public long Size(string path, long @default) => config.GetByteSize(Note(path), @default)!.Value;

    /// <summary>A size; null for <c>auto</c>.</summary>
    public long? SizeOrAuto(string path, long? @default) =>
        config.GetString(path, "auto") == "auto" ? Automatic(path) : Size(path, @default ?? 0);

    /// <summary>A whole number; null for <c>auto</c>.</summary>
    public int? WholeOrAuto(string path, int? @default) => config.GetString(path, "auto") == "auto"
        ? (int?)Automatic(path) : Whole(path, @default ?? 0);

    /// <summary>A size that is kept in 32 bits.</summary>
    public int SmallSize(string path, int @default)
    {
        long size = Size(path, @default);
        return size <= int.MaxValue
            ? (int)size
            : throw new ArgumentException($"{path} is {size} bytes; allowed: 0 to {int.MaxValue}.", path);
    }

    /// <summary>One of a few values, each with its text.</summary>
    public T OneOf<T>(string path, T @default, IReadOnlyDictionary<string, T> allowed)
        where T : struct
    {
        if (config.GetString(Note(path), null) is not { } text)
        {
            return @default;
        }

        return allowed.TryGetValue(text, out T value)
            ? value
            : throw new ArgumentException($"{path} is '{text}'; allowed: {string.Join(" or ", allowed.Keys)}.", path);
    }

    /// <summary>An address; null for <c>off</c>.</summary>
    public PeerAddress? AddressOrOff(string path, PeerAddress? @default)
    {
        string text = Text(path, $"{@default}");
        return text == "off" ? null : Parsed(path, text, ", or off");
    }

    public IReadOnlyList<PeerAddress> Addresses(string path) =>
        [.. config.GetStringList(Note(path)).Select(text => Parsed(path, text, ""))];

    public IReadOnlyList<string> Texts(string path) => [.. config.GetStringList(Note(path))];

    public IReadOnlyList<NodeId> NodeIds(string path) => [.. config.GetStringList(Note(path)).Select(
        text => NodeId.TryParse(text, out NodeId id)
            ? id
            : throw new ArgumentException($"{path}: {NodeIdText.FaultOf(text)}", path))];

    /// <summary>The keys that were not asked for, each with the most similar known key.</summary>
    public IReadOnlyList<UnknownSetting> Unknown()
    {
        var unknown = new List<UnknownSetting>();
        FindUnknown(config, "", unknown);
        return unknown;
    }

    private void FindUnknown(HoconConfig section, string prefix, List<UnknownSetting> unknown)
    {
        foreach ((string key, HoconElement value) in section.AsEnumerable())
        {
            string path = prefix + key;
            bool isSection = _known.Exists(known => known.StartsWith(path + ".", StringComparison.Ordinal));
            if (isSection && value.IsObject())
            {
                FindUnknown(section.GetConfig(key), path + ".", unknown);
            }
            else if (!_known.Contains(path))
            {
                unknown.Add(new UnknownSetting(path, NearestName.Of(path, _known)));
            }
        }
    }

    private long? Automatic(string path)
    {
        Note(path);
        return null;
    }

    private string Note(string path)
    {
        _known.Add(path);
        return path;
    }

    private static PeerAddress Parsed(string path, string text, string more) =>
        PeerAddress.TryParse(text, out PeerAddress? address)
        ? address
        : throw new ArgumentException(
            $"{path} has '{text}'; allowed: host:port, 1.2.3.4:port or [v6]:port{more}.", path);
}
