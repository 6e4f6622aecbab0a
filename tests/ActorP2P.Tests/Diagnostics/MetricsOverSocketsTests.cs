using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace ActorP2P.Tests;

/// <summary>The meter of nodes over sockets: to whom it belongs, and how long it lives.</summary>
[Collection(SocketsCollection.Name)]
public sealed class MetricsOverSocketsTests
{
    // The test reaches this limit only when something hangs.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Two_nodes_of_a_process_are_told_apart_by_name()
    {
        using Measurements measurements = new();
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions(), EchoProtocol.Register, new P2PNodeServices { Name = "server" });
        await using P2PNode client = await P2PNode.StartAsync(
            new P2PNodeOptions { Listen = null }, services: new P2PNodeServices { Name = "client" });
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(s_guard);
        await client.AskAsync<Text>(peer, new Text("hello")).WaitAsync(s_guard);

        IReadOnlyList<Measured> ofServer = measurements.Observe("server");
        IReadOnlyList<Measured> ofClient = measurements.Observe("client");

        Assert.Contains(ofServer, told => told is { Instrument: "actorp2p.connection.count", Value: 1 }
            && told.Detail == "actorp2p.connection.direction=inbound");
        Assert.Contains(ofClient, told => told is { Instrument: "actorp2p.connection.count", Value: 1 }
            && told.Detail == "actorp2p.connection.direction=outbound");
        Assert.Contains(ofClient, told => told is { Instrument: "actorp2p.network.io", Value: > 0 });
    }

    [Fact]
    public async Task An_ask_is_timed_when_its_answer_is_there()
    {
        using Measurements measurements = new();
        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions(), EchoProtocol.Register);
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });

        await client.AskAsync<Text>(server.ListenAddresses[0], new Text("hello")).WaitAsync(s_guard);

        Measured told = Assert.Single(measurements.Of(client.Id.ToShortString(), "actorp2p.ask.duration"));
        Assert.Equal("", told.Detail);
        Assert.True(told.Value > 0);
    }

    [Fact]
    public async Task The_measurements_of_a_node_end_with_it()
    {
        using Measurements measurements = new();
        P2PNode first = await P2PNode.StartAsync(new P2PNodeOptions());
        await using P2PNode second = await P2PNode.StartAsync(new P2PNodeOptions());
        Assert.NotEmpty(measurements.Observe(first.Id.ToShortString()));

        await first.DisposeAsync();

        Assert.Empty(measurements.Observe(first.Id.ToShortString()));
        Assert.NotEmpty(measurements.Observe(second.Id.ToShortString()));
    }

    [Fact]
    public async Task A_node_that_cannot_start_leaves_no_measurements()
    {
        using Measurements measurements = new();
        await using P2PNode other = await P2PNode.StartAsync(new P2PNodeOptions());

        await Assert.ThrowsAsync<NodeStoppedException>(() => P2PNode.StartAsync(
            new P2PNodeOptions { Listen = other.ListenAddresses[0].WithoutId },
            services: new P2PNodeServices { Name = "late" }));

        Assert.Empty(measurements.Observe("late"));
    }

    [Fact]
    public async Task A_factorys_meter_holds_no_node_that_has_stopped()
    {
        using TestMeters meters = new();
        using Measurements measurements = new(instrument => instrument.Meter.Scope == meters);
        WeakReference node = await StartAndStopAsync(meters);

        // Work items of its last turns may still refer to it for a short time after its end.
        for (int collections = 0; node.IsAlive && collections < 1000; collections++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        Assert.False(node.IsAlive);
        Assert.Equal(1, meters.Made);
        Assert.Contains("actorp2p.network.io", measurements.Instruments);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> StartAndStopAsync(IMeterFactory meters)
    {
        P2PNode node = await P2PNode.StartAsync(
            new P2PNodeOptions(), services: new P2PNodeServices { MeterFactory = meters }).ConfigureAwait(false);
        await node.DisposeAsync().ConfigureAwait(false);
        return new WeakReference(node);
    }
}
