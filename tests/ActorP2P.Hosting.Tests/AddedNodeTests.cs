using ActorP2P.Protocol;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ActorP2P.Hosting.Tests;

/// <summary>Nodes of hosts that have no actor system.</summary>
public sealed class AddedNodeTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_added_node_answers_and_says_goodbye_when_the_host_stops()
    {
        using IHost host = Build(services => services
            .AddSingleton("from a service: ")
            .AddActorP2P(node => node.WithProtocol((protocol, provider) => protocol.OnRequest<Text, Text>(
                (request, _) => new Text(provider.GetRequiredService<string>() + request.Value)))));
        await host.StartAsync().WaitAsync(s_guard);
        P2PNode node = host.Services.GetRequiredService<P2PNode>();
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        using NodeEvents events = client.Events();
        Peer peer = await client.ConnectAsync(node.ListenAddresses[0]).WaitAsync(s_guard);

        Text reply = await client.AskAsync<Text>(peer, new Text("hello")).WaitAsync(s_guard);
        await host.StopAsync().WaitAsync(s_guard);

        Assert.Equal("from a service: hello", reply.Value);
        PeerDisconnected end = await events.ReadAsync<PeerDisconnected>().AsTask().WaitAsync(s_guard);
        Assert.Equal((DisconnectReason.ShuttingDown, DisconnectSide.Remote), (end.End.Reason, end.End.Side));
        await node.Completion.WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_taken_port_stops_the_host_with_its_reason()
    {
        await using P2PNode other = await P2PNode.StartAsync(new P2PNodeOptions());
        using IHost host = Build(services => services.AddActorP2P(
            node => node.WithOptions(settings => settings with { Listen = other.ListenAddresses[0].WithoutId })));

        NodeStoppedException refusal = await Assert.ThrowsAsync<NodeStoppedException>(
            () => host.StartAsync().WaitAsync(s_guard));

        Assert.Contains($"{other.ListenAddresses[0].Port}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_holds_the_node_before_it_starts()
    {
        using IHost host = Build(services => services.AddActorP2P().AddSingleton<Holder>());
        P2PNode node = host.Services.GetRequiredService<Holder>().Node;

        InvalidOperationException early = Assert.Throws<InvalidOperationException>(() => node.ListenAddresses);
        await Assert.ThrowsAsync<InvalidOperationException>(() => node.BroadcastAsync(new Text("early")));
        await host.StartAsync().WaitAsync(s_guard);

        Assert.Contains("has not started", early.Message, StringComparison.Ordinal);
        Assert.Single(node.ListenAddresses);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_host_that_never_started_releases_its_node()
    {
        IHost host = Build(services => services.AddActorP2P());
        P2PNode node = host.Services.GetRequiredService<P2PNode>();

        host.Dispose();

        await node.DisposeAsync();
        Assert.Throws<InvalidOperationException>(() => node.Id);
    }

    [Fact]
    public async Task Several_nodes_are_injected_by_name_with_own_sections()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Red:NetworkId"] = "warm",
            ["Blue:NetworkId"] = "cold",
        }).Build();
        using IHost host = Build(services => services
            .AddActorP2P("red", configuration.GetSection("Red"))
            .AddActorP2P("blue", configuration.GetSection("Blue")));
        await host.StartAsync().WaitAsync(s_guard);
        P2PNode red = host.Services.GetRequiredKeyedService<P2PNode>("red");
        P2PNode blue = host.Services.GetRequiredKeyedService<P2PNode>("blue");
        await using P2PNode warm = await P2PNode.StartAsync(new P2PNodeOptions { NetworkId = "warm", Listen = null });

        await warm.ConnectAsync(red.ListenAddresses[0]).WaitAsync(s_guard);
        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => warm.ConnectAsync(blue.ListenAddresses[0]).WaitAsync(s_guard));

        Assert.Equal(DisconnectReason.WrongNetwork, refusal.End?.Reason);
        Assert.Null(host.Services.GetService<P2PNode>());
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_section_that_is_not_allowed_stops_the_host()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["MaxConnections"] = "0" }).Build();
        using IHost host = Build(services => services.AddActorP2P(configuration));

        OptionsValidationException refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync().WaitAsync(s_guard));

        Assert.Contains("max-connections is 0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_takes_no_longer_than_the_host_allows()
    {
        TaskCompletionSource began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<Text> never = new();
        using IHost host = Build(services => services.AddActorP2P(node => node
            .WithOptions(
                options => options with { Session = options.Session with { DrainTimeout = TimeSpan.FromMinutes(5) } })
            .WithProtocol(protocol => protocol.OnRequest<Text, Text>(async (_, _) =>
            {
                began.SetResult();
                return await never.Task;
            }))));
        await host.StartAsync().WaitAsync(s_guard);
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Task<Text> ask = client.AskAsync<Text>(
            host.Services.GetRequiredService<P2PNode>().ListenAddresses[0], new Text("wait"));
        await began.Task.WaitAsync(s_guard);

        await host.StopAsync(new CancellationToken(canceled: true)).WaitAsync(s_guard);

        // The node goes on with its end, which the handler holds up.
        P2PNode node = host.Services.GetRequiredService<P2PNode>();
        Assert.False(node.Completion.IsCompleted);
        Assert.False(ask.IsCompleted);
        never.SetResult(new Text("late"));
        await node.Completion.WaitAsync(s_guard);
        Assert.Equal("late", (await ask.WaitAsync(s_guard)).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("lobby")]
    public void A_name_that_is_used_twice_is_refused(string name)
    {
        ServiceCollection services = new();
        IServiceCollection Add() => name.Length == 0 ? services.AddActorP2P() : services.AddActorP2P(name);
        Add();

        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(Add);

        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    private static IHost Build(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        configure(builder.Services);
        return builder.Build();
    }

    private sealed record Holder(P2PNode Node);
}
