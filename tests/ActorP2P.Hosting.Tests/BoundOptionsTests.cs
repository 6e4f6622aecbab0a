using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ActorP2P.Hosting.Tests;

/// <summary>Options that a host binds from its configuration.</summary>
public sealed class BoundOptionsTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Options_are_bound_by_name()
    {
        using IHost host = Build(new()
        {
            ["Lobby:NetworkId"] = "chess",
            ["Lobby:Listen"] = "[::1]:9000",
            ["Lobby:Bootstrap:0"] = "first.example.org:9000",
            ["Lobby:Bootstrap:1"] = "10.0.0.7:9000",
            ["Lobby:Session:PingAfter"] = "00:00:30",
        });
        await host.StartAsync().WaitAsync(s_guard);

        P2PNodeOptions options = host.Services.GetRequiredService<IOptionsMonitor<P2PNodeOptions>>().Get("lobby");

        Assert.Equal(("chess", new PeerAddress("::1", 9000)), (options.NetworkId, options.Listen));
        Assert.Equal(
            [new PeerAddress("first.example.org", 9000), new PeerAddress("10.0.0.7", 9000)], options.Bootstrap);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Session.PingAfter);
    }

    [Theory]
    [InlineData("Lobby:Bootstrap:0", "no address")]
    [InlineData("Lobby:Listen", "no address")]
    [InlineData("Lobby:NetworkIdd", "chess")]
    [InlineData("Lobby:Session:PingAfter", "-00:00:30")]
    [InlineData("Lobby:MaxConnections", "0")]
    public async Task A_value_that_is_not_allowed_stops_the_host(string key, string value)
    {
        using IHost host = Build(new() { [key] = value });

        Exception refusal = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync().WaitAsync(s_guard));

        Assert.True(refusal is OptionsValidationException or InvalidOperationException, refusal.ToString());
    }

    [Fact]
    public void Options_that_are_bound_twice_are_refused()
    {
        IConfiguration section = new ConfigurationBuilder().Build();
        ServiceCollection services = new();
        services.AddP2PNodeOptions("lobby", section).Services.AddP2PNodeOptions("hall", section);

        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(
            () => services.AddActorP2P("lobby", section));

        Assert.Contains("'lobby'", refusal.Message, StringComparison.Ordinal);
    }

    private static IHost Build(Dictionary<string, string?> settings)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddP2PNodeOptions("lobby", builder.Configuration.GetSection("Lobby"));
        return builder.Build();
    }
}
