using ActorP2P.Protocol;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorP2P.Hosting.Tests.Configuration;

/// <summary>Settings of hosted nodes that change while the host runs.</summary>
public sealed class LiveSettingsTests : IDisposable
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly LoggedLines _lines = new();
    private IConfigurationRoot? _configuration;

    public static TheoryData<bool> WithAkkaOrWithout => [true, false];

    [Theory]
    [MemberData(nameof(WithAkkaOrWithout))]
    public async Task New_rules_of_a_file_hold_at_once(bool withAkka)
    {
        using IHost host = await StartAsync(withAkka, "max-connections = 9");
        P2PNode node = NodeOf(host, withAkka);
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        using NodeEvents events = client.Events();
        await client.ConnectAsync(node.ListenAddresses[0]).WaitAsync(s_guard);

        Change(host, "max-connections = 5, access.deny-networks = [127.0.0.0/8], session.ping-after = 7s");

        Assert.EndsWith(
            "max-connections, access.deny-networks", await _lines.NextAsync(2003), StringComparison.Ordinal);
        Assert.EndsWith("session.ping-after", await _lines.NextAsync(2004), StringComparison.Ordinal);
        PeerDisconnected end = await events.ReadAsync<PeerDisconnected>().AsTask().WaitAsync(s_guard);
        Assert.Equal((DisconnectReason.NotAdmitted, DisconnectSide.Remote), (end.End.Reason, end.End.Side));
        Assert.Equal(5, node.Settings.MaxConnections);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Theory]
    [InlineData(true, "max-connections = 0", "max-connections is 0")]
    [InlineData(false, "max-connections = 0", "max-connections is 0")]
    [InlineData(false, "max-conections = 5", "did you mean max-connections?")]
    public async Task Settings_that_are_not_allowed_leave_those_before(bool withAkka, string wrong, string said)
    {
        using IHost host = await StartAsync(withAkka, "max-connections = 9");
        P2PNode node = NodeOf(host, withAkka);

        Change(host, wrong);

        Assert.Contains(said, await _lines.NextAsync(2002), StringComparison.Ordinal);
        Assert.Equal(9, node.Settings.MaxConnections);
        Change(host, "max-connections = 8");
        await _lines.NextAsync(2003);
        Assert.Equal(8, node.Settings.MaxConnections);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_broken_file_leaves_the_settings_and_is_logged_by_the_host()
    {
        using IHost host = await StartAsync(withAkka: false, "max-connections = 9");

        _folder.Write("node.conf", "nodes.a {");
        ((IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>()).Reload();

        Assert.Contains("node.conf", await _lines.NextAsync(2001), StringComparison.Ordinal);
        Assert.Equal(9, NodeOf(host, withAkka: false).Settings.MaxConnections);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task What_the_program_changes_stays_changed()
    {
        using IHost host = await StartAsync(
            withAkka: false, "max-connections = 9", options => options with { MaxHalfOpen = 7 });
        P2PNode node = NodeOf(host, withAkka: false);

        Change(host, "max-connections = 8, max-half-open = 3");

        Assert.EndsWith(": max-connections", await _lines.NextAsync(2003), StringComparison.Ordinal);
        Assert.Equal((8, 7), (node.Settings.MaxConnections, node.Settings.MaxHalfOpen));
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_check_of_the_program_that_fails_leaves_the_settings()
    {
        using IHost host = await StartAsync(withAkka: false, "max-connections = 9", services: services => services
            .AddOptions<P2PNodeOptions>("a").Validate(options => options.MaxConnections > 2, "too few for us"));

        Change(host, "max-connections = 1");

        Assert.Contains("too few for us", await _lines.NextAsync(2002), StringComparison.Ordinal);
        Assert.Equal(9, NodeOf(host, withAkka: false).Settings.MaxConnections);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Theory]
    [MemberData(nameof(WithAkkaOrWithout))]
    public async Task Settings_that_change_during_the_start_hold(bool withAkka)
    {
        bool hasChanged = false;
        using IHost host = await StartAsync(withAkka, "max-connections = 9", options =>
        {
            // The node has its first settings now, and does not run yet.
            if (!hasChanged)
            {
                hasChanged = true;
                _folder.Write("node.conf", Content("max-connections = 8", "Trace"));
                _configuration!.Reload();
            }

            return options;
        });

        Assert.Equal(8, NodeOf(host, withAkka).Settings.MaxConnections);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task Log_levels_of_the_file_hold_at_once()
    {
        using IHost host = await StartAsync(withAkka: false, "max-connections = 9", level: "Error");
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ActorP2P.Node");
        bool before = logger.IsEnabled(LogLevel.Debug);

        Change(host, "max-connections = 9", level: "Debug");

        Assert.Equal((false, true), (before, logger.IsEnabled(LogLevel.Debug)));
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_file_that_is_written_anew_is_read_by_the_watch()
    {
        using IHost host = await StartAsync(withAkka: false, "max-connections = 9");

        _folder.Write("node.conf", Content("max-connections = 8", "Trace"));

        await _lines.NextAsync(2003);
        Assert.Equal(8, NodeOf(host, withAkka: false).Settings.MaxConnections);
        Assert.Equal(
            8, host.Services.GetRequiredService<IOptionsMonitor<P2PNodeOptions>>().Get("a").MaxConnections);
        await host.StopAsync().WaitAsync(s_guard);
    }

    public void Dispose()
    {
        _lines.Dispose();
        _folder.Dispose();
    }

    private static P2PNode NodeOf(IHost host, bool withAkka) => withAkka
        ? P2P.Get(host.Services.GetRequiredService<ActorSystem>())["a"]
        : host.Services.GetRequiredKeyedService<P2PNode>("a");

    private static string Content(string settings, string level) =>
        $"nodes.a {{ {settings} }}\nLogging.LogLevel {{ Default = {level}, \"ActorP2P.Node\" = {level} }}";

    private async Task<IHost> StartAsync(
        bool withAkka,
        string settings,
        Func<P2PNodeOptions, P2PNodeOptions>? change = null,
        Action<IServiceCollection>? services = null,
        string level = "Trace")
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        _configuration = builder.Configuration;
        builder.Configuration.AddHoconFile(_folder.Write("node.conf", Content(settings, level)), reloadOnChange: true);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddProvider(_lines);
        IConfigurationSection section = builder.Configuration.GetSection("nodes:a");
        void Configure(P2PNodeBuilder node) => node.WithOptions(change ?? (static options => options));
        if (withAkka)
        {
            builder.Services.AddAkka("host", (akka, _) => akka.WithP2PNode("a", section, Configure));
        }
        else
        {
            builder.Services.AddActorP2P("a", section, Configure);
        }

        services?.Invoke(builder.Services);
        IHost host = builder.Build();
        await host.StartAsync().WaitAsync(s_guard);
        return host;
    }

    private void Change(IHost host, string settings, string level = "Trace")
    {
        _folder.Write("node.conf", Content(settings, level));
        ((IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>()).Reload();
    }
}
