using ActorP2P.Hosting.Tests.Configuration;
using ActorP2P.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Hosting.Tests;

public sealed class HostedNodeTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_hosted_node_answers_and_says_goodbye_when_the_host_stops()
    {
        using IHost host = Build(akka => akka.WithP2PNode("lobby", node => node.WithProtocol(protocol => protocol
            .OnRequest<Text, Text>((request, _) => new Text($"echo {request.Value}")))));
        await host.StartAsync().WaitAsync(s_guard);
        P2PNode lobby = P2P.Get(host.Services.GetRequiredService<ActorSystem>())["lobby"];
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        using NodeEvents events = client.Events();
        Peer peer = await client.ConnectAsync(lobby.ListenAddresses[0]).WaitAsync(s_guard);

        Text reply = await client.AskAsync<Text>(peer, new Text("hello")).WaitAsync(s_guard);
        await host.StopAsync().WaitAsync(s_guard);

        Assert.Equal("echo hello", reply.Value);
        PeerDisconnected end = await events.ReadAsync<PeerDisconnected>().AsTask().WaitAsync(s_guard);
        Assert.Equal(DisconnectReason.ShuttingDown, end.End.Reason);
        Assert.Equal(DisconnectSide.Remote, end.End.Side);
    }

    [Fact]
    public async Task A_taken_port_stops_the_host_with_its_reason()
    {
        await using P2PNode other = await P2PNode.StartAsync(new P2PNodeOptions());
        using IHost host = Build(akka => akka.WithP2PNode(
            "lobby",
            node => node.WithOptions(settings => settings with { Listen = other.ListenAddresses[0].WithoutId })));

        NodeStoppedException refusal = await Assert.ThrowsAsync<NodeStoppedException>(
            () => host.StartAsync().WaitAsync(s_guard));

        Assert.Contains($"{other.ListenAddresses[0].Port}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_nodes_of_one_host_have_settings_and_keys_of_their_own()
    {
        using IHost host = Build(akka => akka
            .AddHocon("actorp2p { red.network-id = warm, blue.network-id = cold }", HoconAddMode.Prepend)
            .WithP2PNode<Red>("red")
            .WithP2PNode<Blue>("blue"));
        await host.StartAsync().WaitAsync(s_guard);
        P2P nodes = P2P.Get(host.Services.GetRequiredService<ActorSystem>());
        await using P2PNode warm = await P2PNode.StartAsync(new P2PNodeOptions { NetworkId = "warm", Listen = null });

        Peer peer = await warm.ConnectAsync(nodes["red"].ListenAddresses[0]).WaitAsync(s_guard);
        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => warm.ConnectAsync(nodes["blue"].ListenAddresses[0]).WaitAsync(s_guard));

        Assert.Contains(peer, warm.Peers);
        Assert.Equal(DisconnectReason.WrongNetwork, refusal.End?.Reason);
        Assert.Equal(["blue", "red"], nodes.Names);
        Assert.Equal(nodes["red"].Manager, await RequiredAsync<Red>(host));
        Assert.Equal(nodes["blue"].Manager, await RequiredAsync<Blue>(host));
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_name_that_is_used_twice_stops_the_host()
    {
        using IHost host = Build(akka => akka.WithP2PNode<Red>("lobby").WithP2PNode<Blue>("lobby"));

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.StartAsync().WaitAsync(s_guard));

        Assert.Contains("'lobby'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_two_nodes_have_stops_the_host()
    {
        using IHost host = Build(akka => akka.WithP2PNode("lobby").WithP2PNode("hall"));

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.StartAsync().WaitAsync(s_guard));

        Assert.Contains(
            "The node 'lobby' has the key P2PNodeKey of the node 'hall'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_key_of_the_actor_system_is_told_with_the_nearest_name()
    {
        using LoggedLines lines = new();
        using IHost host = Build(
            akka => akka.AddHocon("actorp2p.lobby.max-conections = 5", HoconAddMode.Prepend).WithP2PNode("lobby"),
            lines);
        await host.StartAsync().WaitAsync(s_guard);

        Assert.EndsWith(
            "actorp2p.lobby.max-conections is not a setting; did you mean max-connections?",
            await lines.NextAsync(2005),
            StringComparison.Ordinal);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Theory]
    [InlineData("max-connections = many", "max-connections is 'many'")]
    [InlineData("session.ping-after = -1s", "session.ping-after")]
    public async Task A_value_that_is_not_allowed_stops_the_host_with_its_path(string setting, string said)
    {
        using IHost host = Build(
            akka => akka.AddHocon($"actorp2p.lobby.{setting}", HoconAddMode.Prepend).WithP2PNode("lobby"));

        Exception refusal = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync().WaitAsync(s_guard));

        Assert.Contains("actorp2p.lobby: ", refusal.ToString(), StringComparison.Ordinal);
        Assert.Contains(said, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_node_name_is_reported_with_the_known_ones()
    {
        using IHost host = Build(akka => akka.WithP2PNode("lobby"));
        await host.StartAsync().WaitAsync(s_guard);

        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(
            () => P2P.Get(host.Services.GetRequiredService<ActorSystem>())["hall"]);

        Assert.Contains("lobby", refusal.Message, StringComparison.Ordinal);
        await host.StopAsync().WaitAsync(s_guard);
    }

    private static IHost Build(Action<AkkaConfigurationBuilder> configure, LoggedLines? lines = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        if (lines is not null)
        {
            builder.Logging.AddProvider(lines);
        }

        builder.Services.AddAkka("host", (akka, _) => configure(akka));
        return builder.Build();
    }

    private static Task<IActorRef> RequiredAsync<TKey>(IHost host) =>
        host.Services.GetRequiredService<IRequiredActor<TKey>>().GetAsync().WaitAsync(s_guard);

    private sealed class Red;

    private sealed class Blue;
}
