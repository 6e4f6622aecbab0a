using System.Globalization;
using System.Text;
using ActorP2P.Hocon;
using Microsoft.Extensions.Configuration;

namespace ActorP2P.Hosting;

/// <summary>
/// Reads a node's settings from a section of .NET's configuration. The key of a setting is its HOCON key or the name of
/// its property. Hyphens, underscores and case are ignored, so that environment variables can name every setting.
/// Values may have the HOCON form or the .NET form.
/// </summary>
/// <param name="root">
/// The configuration that contains the section and knows the precedence of its sources; null if unknown.
/// </param>
internal sealed class SectionReader(IConfiguration? root)
{
    private static readonly Dictionary<string, SettingKey> s_keys = SettingKey.All.ToDictionary(
        static key => Plain(key.Path), StringComparer.Ordinal);

    private readonly Dictionary<string, List<IConfigurationSection>> _found = new(StringComparer.Ordinal);
    private readonly List<string> _unknown = [];

    /// <summary>Reads the settings; missing ones have their defaults.</summary>
    /// <param name="section">The node's section.</param>
    /// <param name="root">The configuration that contains the section; null if unknown.</param>
    /// <exception cref="ArgumentException">
    /// A key is unknown or a value is invalid; the message names the section, the key and the allowed values.
    /// </exception>
    public static P2PNodeOptions Read(IConfiguration section, IConfiguration? root)
    {
        string where = section is IConfigurationSection { Path.Length: > 0 } named ? $"{named.Path}: " : "";
        try
        {
            return P2PNodeOptions.From(new SectionReader(root).ReadConfig(section));
        }
        catch (ArgumentException refused)
        {
            throw new ArgumentException($"{where}{refused.Message}", refused);
        }
    }

    private HoconConfig ReadConfig(IConfiguration section)
    {
        Find(section, "", "");
        if (_unknown.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', _unknown));
        }

        StringBuilder hocon = new();
        foreach (SettingKey key in SettingKey.All)
        {
            if (_found.TryGetValue(key.Path, out List<IConfigurationSection>? spelled)
                && Written(key, spelled.Count == 1 ? spelled[0] : Uppermost(spelled)) is { } value)
            {
                hocon.Append(key.Path).Append(" = ").Append(value).Append('\n');
            }
        }

        return HoconConfig.Parse(hocon.ToString());
    }

    private void Find(IConfiguration section, string plainPrefix, string prefix)
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            string plain = plainPrefix + Plain(child.Key);
            if (s_keys.TryGetValue(plain, out SettingKey? key))
            {
                if (!_found.TryGetValue(key.Path, out List<IConfigurationSection>? spelled))
                {
                    _found.Add(key.Path, spelled = []);
                }

                spelled.Add(child);
            }
            else if (child.GetChildren().Any())
            {
                Find(child, $"{plain}.", $"{prefix}{Hyphened(child.Key)}.");
            }
            else if (child.Value is not null || !SettingKey.Sections.Contains(plain))
            {
                _unknown.Add(new UnknownSetting(
                    prefix + child.Key,
                    NearestName.Of(prefix + Hyphened(child.Key), SettingKey.All.Select(static known => known.Path)))
                    .ToString());
            }
        }
    }

    /// <summary>Of several spellings of one setting, returns the one with the highest precedence.</summary>
    private IConfigurationSection Uppermost(List<IConfigurationSection> spelled)
    {
        foreach (IConfigurationProvider provider in ConfigurationLayers.Of(root).Reverse())
        {
            if (spelled.Find(section => Has(provider, section.Path)) is { } uppermost)
            {
                return uppermost;
            }
        }

        // The order of the sources is unknown: the spelling with hyphens, which HOCON files use, has the lowest
        // precedence.
        return spelled.Find(static section => !section.Key.Contains('-', StringComparison.Ordinal)) ?? spelled[0];
    }

    private static bool Has(IConfigurationProvider provider, string path) =>
        provider.TryGet(path, out _) || provider.GetChildKeys([], path).Any();

    private static string? Written(SettingKey key, IConfigurationSection section)
    {
        IConfigurationSection[] items = [.. section.GetChildren()];
        if (items.Length > 0 || (key.IsList && string.IsNullOrEmpty(section.Value)))
        {
            return $"[{string.Join(", ", items.Select(static item => HoconConfig.Quote(item.Value ?? "")))}]";
        }

        string? text = section.Value is { } value ? key.FromNet(value) : key.WhenNull;
        return text is null ? null : HoconConfig.Quote(text);
    }

    private static string Plain(string key) => key
        .Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal)
        .ToLower(CultureInfo.InvariantCulture);

    private static string Hyphened(string key) => SettingKey.Hyphened(key.Replace('_', '-'));
}
