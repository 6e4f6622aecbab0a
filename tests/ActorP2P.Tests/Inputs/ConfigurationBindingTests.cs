using ActorP2P.Protocol;
using Microsoft.Extensions.Configuration;

namespace ActorP2P.Tests;

/// <summary>
/// Settings that .NET's configuration binds. An address is read or the binding fails; no address is skipped.
/// </summary>
public sealed class ConfigurationBindingTests
{
    [Fact]
    public void Addresses_are_bound_from_texts()
    {
        P2PNodeOptions settings = Bind(new Dictionary<string, string?>
        {
            ["Listen"] = "0.0.0.0:9000",
            ["Bootstrap:0"] = "seed.example.org:9000",
            ["Bootstrap:1"] = "[2001:db8::1]:9001",
            ["Announce:0"] = "192.0.2.1:9000",
            ["RequestTimeout"] = "00:00:07",
            ["Session:PingAfter"] = "00:00:15",
        });

        Assert.Equal(new PeerAddress("0.0.0.0", 9000), settings.Listen);
        Assert.Equal(
            [new PeerAddress("seed.example.org", 9000), new PeerAddress("2001:db8::1", 9001)], settings.Bootstrap);
        Assert.Equal([new PeerAddress("192.0.2.1", 9000)], settings.Announce);
        Assert.Equal(TimeSpan.FromSeconds(7), settings.Validated().RequestTimeout);
        Assert.Equal(TimeSpan.FromSeconds(15), settings.Session.PingAfter);
    }

    [Fact]
    public void A_text_that_is_not_an_address_fails() =>
        Assert.Contains("Listen", Assert.Throws<InvalidOperationException>(
        () => Bind(new Dictionary<string, string?> { ["Listen"] = "nowhere" })).Message, StringComparison.Ordinal);

    // The binder of .NET skips list elements that it cannot convert, whatever their type, unless it is told to be
    // strict.
    [Theory]
    [InlineData("Bootstrap:0")]
    [InlineData("Announce:0")]
    public void A_wrong_address_in_a_list_fails_with_strict_binding(string key) =>
        Assert.Throws<InvalidOperationException>(
        () => Bind(new Dictionary<string, string?> { [key] = "nowhere" }, isStrict: true));

    private static P2PNodeOptions Bind(Dictionary<string, string?> values, bool isStrict = false) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build()
            .Get<P2PNodeOptions>(options => options.ErrorOnUnknownConfiguration = isStrict)!;
}
