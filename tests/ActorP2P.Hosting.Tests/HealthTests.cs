using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Hosting.Tests;

/// <summary>What the health check of a node says, from before its start to after its end.</summary>
public sealed class HealthTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_node_is_healthy_from_its_start_to_its_end()
    {
        using IHost host = Build(services => services.AddActorP2P().AddHealthChecks().AddActorP2P());
        HealthReportEntry before = await CheckAsync(host, "actorp2p");
        await host.StartAsync().WaitAsync(s_guard);
        HealthReportEntry during = await CheckAsync(host, "actorp2p");
        await host.StopAsync().WaitAsync(s_guard);
        HealthReportEntry after = await CheckAsync(host, "actorp2p");

        Assert.Equal((HealthStatus.Unhealthy, "The node has not started."), (before.Status, before.Description));
        Assert.Equal((HealthStatus.Healthy, "The node runs with 0 peers."), (during.Status, during.Description));
        Assert.Equal((HealthStatus.Unhealthy, "The node has stopped."), (after.Status, after.Description));
    }

    [Fact]
    public async Task A_node_without_the_peers_it_wants_is_degraded()
    {
        using IHost host =
            Build(services => services.AddActorP2P("lobby").AddHealthChecks().AddActorP2P("lobby", wantedPeers: 1));
        await host.StartAsync().WaitAsync(s_guard);
        P2PNode lobby = host.Services.GetRequiredKeyedService<P2PNode>("lobby");
        HealthReportEntry alone = await CheckAsync(host, "actorp2p.lobby");
        using NodeEvents events = lobby.Events();
        await using P2PNode other = await P2PNode.StartAsync(
            new P2PNodeOptions { Bootstrap = [lobby.ListenAddresses[0]] });
        await events.ReadAsync<PeerConnected>().AsTask().WaitAsync(s_guard);
        HealthReportEntry together = await CheckAsync(host, "actorp2p.lobby");

        Assert.Equal(
            (HealthStatus.Degraded, "The node has 0 of the 1 peers it wants."), (alone.Status, alone.Description));
        Assert.Equal((HealthStatus.Healthy, 1), (together.Status, together.Data["peers"]));
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_node_with_bootstrap_addresses_wants_a_peer()
    {
        await using P2PNode gone = await P2PNode.StartAsync(new P2PNodeOptions());
        PeerAddress nobody = gone.ListenAddresses[0];
        await gone.DisposeAsync();
        using IHost host = Build(services => services
            .AddActorP2P(node => node.WithOptions(options => options with { Bootstrap = [nobody] }))
            .AddHealthChecks().AddActorP2P());
        await host.StartAsync().WaitAsync(s_guard);

        HealthReportEntry told = await CheckAsync(host, "actorp2p");

        Assert.Equal((HealthStatus.Degraded, 1), (told.Status, told.Data["peersWanted"]));
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task The_health_of_a_failed_node_has_the_reason()
    {
        using IHost host = Build(services => services.AddActorP2P().AddHealthChecks().AddActorP2P());
        await host.StartAsync().WaitAsync(s_guard);
        P2PNode node = host.Services.GetRequiredService<P2PNode>();
        node.ActorSystem.Stop(node.Manager);
        NodeStoppedException reason = await Assert.ThrowsAsync<NodeStoppedException>(
            () => node.Completion.WaitAsync(s_guard));

        HealthReportEntry told = await CheckAsync(host, "actorp2p");

        Assert.Equal((HealthStatus.Unhealthy, reason.Message), (told.Status, told.Description));
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_node_in_a_system_of_Akka_Hosting_is_found_by_name()
    {
        using IHost host = Build(services =>
        {
            services.AddAkka("host", (akka, _) => akka.WithP2PNode("lobby"));
            services.AddHealthChecks().AddActorP2P("lobby");
        });
        await host.StartAsync().WaitAsync(s_guard);

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host, "actorp2p.lobby")).Status);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_readiness_check_reports_a_stopped_node()
    {
        using IHost host = Build(services =>
        {
            services.AddAkka(
                "host", (akka, _) => akka.WithP2PNode("lobby").WithP2PReadinessCheck("lobby", wantedPeers: 1));
            services.AddHealthChecks();
        });
        await host.StartAsync().WaitAsync(s_guard);
        HealthReportEntry during = await CheckAsync(host, "actorp2p.lobby");
        P2PNode lobby = P2P.Get(host.Services.GetRequiredService<ActorSystem>())["lobby"];
        await lobby.DisposeAsync();
        HealthReportEntry after = await CheckAsync(host, "actorp2p.lobby");

        Assert.Equal((HealthStatus.Degraded, 1), (during.Status, during.Data["peersWanted"]));
        Assert.Equal((HealthStatus.Unhealthy, "The node has stopped."), (after.Status, after.Description));
        Assert.Contains("ready", after.Tags);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_check_of_a_node_that_nobody_added_says_so()
    {
        using IHost host = Build(services => services.AddActorP2P("lobby").AddHealthChecks().AddActorP2P("hall"));

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => CheckAsync(host, "actorp2p.hall"));

        Assert.Contains("'hall'", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<HealthReportEntry> CheckAsync(IHost host, string name) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().WaitAsync(s_guard))
            .Entries[name];

    private static IHost Build(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        configure(builder.Services);
        return builder.Build();
    }
}
