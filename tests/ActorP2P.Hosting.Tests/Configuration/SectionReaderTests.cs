using ActorP2P.Hocon;
using Microsoft.Extensions.Configuration;

namespace ActorP2P.Hosting.Tests.Configuration;

/// <summary>A node's settings in a section of .NET's configuration.</summary>
public sealed class SectionReaderTests
{
    public static TheoryData<string> Keys => [.. SettingChanges.Keys];

    [Fact]
    public void Every_setting_can_be_named() =>
        Assert.Equal(SettingChanges.Keys, SettingKey.All.Select(static key => key.Path));

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_setting_is_named_by_key_property_or_variable(string key)
    {
        string property = string.Concat(
            key.Split('-').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));

        // Not allowed in any list: names of services may be any text that can be printed.
        const string Wrong = "\u0001";
        foreach (string spelled in (string[])[key, property, key.ToUpperInvariant().Replace('-', '_')])
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(
                () => Read(new() { [$"node:{spelled.Replace('.', ':')}:no"] = Wrong }));

            Assert.Contains("node: ", refusal.Message, StringComparison.Ordinal);
            Assert.True(
                refusal.Message.Contains(key, StringComparison.Ordinal)
                || SettingKey.All.Single(known => known.Path == key).IsList,
                refusal.Message);
        }
    }

    [Fact]
    public void The_defaults_of_the_reference_are_read_from_a_file()
    {
        Dictionary<string, string?> reference = HoconKeys.Of(HoconConfig.Parse(P2PNodeOptions.Reference));

        P2PNodeOptions read = SectionReader.Read(
            new ConfigurationBuilder().AddInMemoryCollection(reference).Build().GetSection("actorp2p"), null);

        Assert.Empty(SettingChanges.Differences(new P2PNodeOptions(), read));
    }

    [Fact]
    public void Values_are_written_as_HOCON_or_as_NET_writes_them()
    {
        P2PNodeOptions read = Read(new()
        {
            ["node:session:ping-after"] = "1m",
            ["node:Session:PongTimeout"] = "00:00:20",
            ["node:Session:LeastPongTimeout"] = "2s",
            ["node:session:max-message"] = "1MiB",
            ["node:Session:MaxQueued"] = "2097152",
            ["node:Transport"] = "Sockets",
            ["node:encryption"] = "required",
            ["node:Listen"] = null,
            ["node:MemoryBudget"] = null,
            ["node:dropped-budget"] = "auto",
            ["node:Bootstrap:0"] = "a:1",
            ["node:Bootstrap:1"] = "b:2",
            ["node:Announce"] = "",
        });

        Assert.Equal(TimeSpan.FromMinutes(1), read.Session.PingAfter);
        Assert.Equal(TimeSpan.FromSeconds(20), read.Session.PongTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), read.Session.LeastPongTimeout);
        Assert.Equal((1 << 20, 2 << 20), (read.Session.MaxMessage, read.Session.MaxQueued));
        Assert.Equal((TransportKind.Sockets, Encryption.Required), (read.Transport, read.Encryption));
        Assert.Equal((null, null, null), (read.Listen, read.MemoryBudget, read.DroppedBudget));
        Assert.Equal([new PeerAddress("a", 1), new PeerAddress("b", 2)], read.Bootstrap);
        Assert.Empty(read.Announce);
    }

    [Theory]
    [InlineData("node:network-id", "node:NetworkId")]
    [InlineData("node:NetworkId", "node:network-id")]
    [InlineData("node:network-id", "NODE:NETWORK_ID")]
    public void Of_two_spellings_the_later_source_counts(string first, string second) => Assert.Equal(
        "second", Read(new() { [first] = "first" }, new() { [second] = "second" }).NetworkId);

    [Theory]
    [InlineData("node:NetworkIdd", "NetworkIdd is not a setting; did you mean network-id?")]
    [InlineData("node:sesion:ping-after", "sesion.ping-after is not a setting; did you mean session.ping-after?")]
    [InlineData("node:zzz", "zzz is not a setting.")]
    public void An_unknown_key_is_told_with_the_nearest_name(string key, string said) =>
        AssertRefused(key, "chess", said);

    [Theory]
    [InlineData("node:session", "5", "session")]
    [InlineData("node:listen", "", "listen")]
    [InlineData("node:RequestTimeout", "99.00:00:00", "request-timeout")]
    [InlineData("node:Encryption", "perhaps", "off or required")]
    public void A_value_that_is_not_allowed_is_told_with_its_key(string key, string value, string said) =>
        AssertRefused(key, value, said);

    private static void AssertRefused(string key, string value, string said)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Read(new() { [key] = value }));

        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }

    private static P2PNodeOptions Read(Dictionary<string, string?> first, Dictionary<string, string?>? second = null)
    {
        IConfigurationRoot root = new ConfigurationBuilder()
            .AddInMemoryCollection(first).AddInMemoryCollection(second ?? []).Build();
        return SectionReader.Read(root.GetSection("node"), root);
    }
}
