using System.Text;
using ActorP2P.Hocon;

namespace ActorP2P.Tests;

/// <summary>The reference file and the records have the same settings with the same defaults.</summary>
public sealed class ReferenceConfTests
{
    private static readonly HoconConfig s_reference = HoconConfig.Parse(P2PNodeOptions.Reference).GetConfig("actorp2p");

    public static TheoryData<string> Keys => [.. KeysOf(s_reference, "")];

    [Fact]
    public void Every_setting_is_a_key_and_every_key_is_a_setting() =>
        Assert.Equal(PropertiesOf(new P2PNodeOptions(), "").Order(StringComparer.Ordinal),
            KeysOf(s_reference, "").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_default_is_the_records_default()
    {
        P2PNodeOptions settings = P2PNodeOptions.From(s_reference, out IReadOnlyList<UnknownSetting> unknown);

        Assert.Empty(unknown);
        P2PNodeOptions defaults = new();
        Assert.Empty(settings.Announce);
        Assert.Empty(settings.Bootstrap);
        Assert.Equal(defaults, settings with { Announce = defaults.Announce, Bootstrap = defaults.Bootstrap });
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_is_read(string key)
    {
        HoconConfig wrong = HoconConfig.Parse($"{key} = {{ no = value }}");

        Assert.Contains(
            key, Assert.Throws<ArgumentException>(() => P2PNodeOptions.From(wrong)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_says_what_it_is_its_unit_and_why(string key)
    {
        string[] lines = P2PNodeOptions.Reference.Split('\n');
        int at = Array.FindIndex(lines,
            line => line.TrimStart().StartsWith(key[(key.LastIndexOf('.') + 1)..] + " =", StringComparison.Ordinal));
        string comment = string.Join(
            ' ', lines.Take(at).Reverse().TakeWhile(line => line.TrimStart().StartsWith('#')).Reverse());

        Assert.Matches("^ *# .+ # Unit: .+ Why: .+", comment.Replace("   ", " ", StringComparison.Ordinal));
    }

    private static IEnumerable<string> KeysOf(HoconConfig config, string prefix) =>
        config.AsEnumerable().SelectMany(field =>
        field.Value.IsObject() ? KeysOf(config.GetConfig(field.Key), $"{prefix}{field.Key}.") : [prefix + field.Key]);

    private static IEnumerable<string> PropertiesOf(object record, string prefix) => record.GetType().GetProperties()
        .Where(property => property.SetMethod is { IsStatic: false })
        .SelectMany(
            property => property.GetValue(record) is { } value
                && value.GetType().Name.EndsWith("Settings", StringComparison.Ordinal)
            ? PropertiesOf(value, $"{prefix}{Hyphened(property.Name)}.")
            : [prefix + Hyphened(property.Name)]);

    private static string Hyphened(string name)
    {
        var key = new StringBuilder();
        foreach (char letter in name)
        {
            key.Append(char.IsUpper(letter) && key.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
        }
        return key.ToString();
    }
}
