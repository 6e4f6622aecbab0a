using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Hosting.Tests;

/// <summary>Nodes of an actor system of Akka.Hosting, injected.</summary>
public sealed class InjectedNodeTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_service_holds_a_node_of_the_actor_system_before_it_starts()
    {
        using IHost host = Build(
            akka => akka.WithP2PNode("lobby").WithP2PNode<InjectedNodeTests>("hall"),
            services => services.AddP2PNodes().AddSingleton<Holder>());
        P2PNode lobby = host.Services.GetRequiredService<Holder>().Lobby;

        InvalidOperationException early = Assert.Throws<InvalidOperationException>(() => lobby.ListenAddresses);
        await host.StartAsync().WaitAsync(s_guard);

        Assert.Contains("has not started", early.Message, StringComparison.Ordinal);
        Assert.Same(lobby, P2P.Get(host.Services.GetRequiredService<ActorSystem>())["lobby"]);
        Assert.Single(lobby.ListenAddresses);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task The_only_node_is_injected_without_a_name()
    {
        using IHost host = Build(akka => akka.WithP2PNode("lobby"), services => services.AddP2PNodes());
        await host.StartAsync().WaitAsync(s_guard);

        Assert.Same(
            host.Services.GetRequiredKeyedService<P2PNode>("lobby"), host.Services.GetRequiredService<P2PNode>());
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_node_uses_the_services_that_the_host_registers()
    {
        NodeIdentity own = NodeIdentity.Create();
        NodeIdentity common = NodeIdentity.Create();
        using IHost host = Build(
            akka => akka.WithP2PNode("lobby").WithP2PNode<InjectedNodeTests>("hall"),
            services => services
                .AddKeyedSingleton("lobby", new P2PNodeServices { Identity = own })
                .AddSingleton(new P2PNodeServices { Identity = common }));
        await host.StartAsync().WaitAsync(s_guard);
        P2P nodes = P2P.Get(host.Services.GetRequiredService<ActorSystem>());

        Assert.Equal((own.Id, common.Id), (nodes["lobby"].Id, nodes["hall"].Id));
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Theory]
    [InlineData("cellar")]
    [InlineData(null)]
    public void A_missing_node_is_reported_with_the_added_ones(string? name)
    {
        using IHost host = Build(
            akka => akka.WithP2PNode("lobby").WithP2PNode<InjectedNodeTests>("hall"),
            services => services.AddP2PNodes());

        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(
            () => name is null ? host.Services.GetRequiredService<P2PNode>()
                : host.Services.GetRequiredKeyedService<P2PNode>(name));

        Assert.Contains("hall, lobby", refusal.Message, StringComparison.Ordinal);
    }

    private static IHost Build(Action<AkkaConfigurationBuilder> akka, Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("host", (system, _) => akka(system));
        configure(builder.Services);
        return builder.Build();
    }

    private sealed record Holder([FromKeyedServices("lobby")] P2PNode Lobby);
}
