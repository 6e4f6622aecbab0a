using System.Runtime.CompilerServices;
using ActorP2P.TestKit;

namespace ActorP2P.Tests;

/// <summary>What a meter listener reads from nodes in virtual time.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly TestMeters _meters = new();

    public void Dispose() => _meters.Dispose();

    [Fact]
    public void Measurements_equal_the_statistics() =>
        Metered().Run(async cluster =>
        {
            using Measurements measurements = new(instrument => instrument.Meter.Scope == _meters);
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await client.AskAsync<Text>(peer, new Text("hello"));

            IReadOnlyList<Measured> told = measurements.Observe("client");

            Assert.Equal(1, Value(told, "actorp2p.connection.count", "outbound"));
            Assert.Equal(0, Value(told, "actorp2p.connection.count", "inbound"));
            Assert.Equal(client.Statistics.BytesSent, Value(told, "actorp2p.network.io", "transmit"));
            Assert.Equal(client.Statistics.FramesReceived, Value(told, "actorp2p.network.frame.count", "receive"));
            Assert.Equal(client.Statistics.MemoryBudget, Value(told, "actorp2p.memory.limit"));
            Assert.Equal(1, Value(measurements.Observe("server"), "actorp2p.connection.count", "inbound"));
        });

    [Fact]
    public void The_duration_and_the_end_of_a_connection_are_recorded() =>
        Metered().Run(async cluster =>
        {
            using Measurements measurements = new(instrument => instrument.Meter.Scope == _meters);
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await cluster.Delay(TimeSpan.FromSeconds(100));
            await client.DisconnectAsync(peer);
            await cluster.Delay(TimeSpan.FromSeconds(1));

            Measured ours = Assert.Single(measurements.Of("client", "actorp2p.connection.duration"));
            Measured theirs = Assert.Single(measurements.Of("server", "actorp2p.connection.duration"));

            Assert.InRange(ours.Value, 100, 101);
            Assert.InRange(theirs.Value, 100, 101);
            Assert.Equal(
                "actorp2p.connection.direction=outbound actorp2p.disconnect.reason=ApplicationClosed", ours.Detail);
            Assert.Equal(
                "actorp2p.connection.direction=inbound actorp2p.disconnect.reason=ApplicationClosed", theirs.Detail);
        });

    [Fact]
    public void A_connection_that_breaks_has_an_error_type() =>
        Metered().Run(async cluster =>
        {
            using Measurements measurements = new(instrument => instrument.Meter.Scope == _meters);
            await ClientAndServer.ConnectAsync(cluster);
            cluster.Faults.Cut("server", "client");
            await cluster.Delay(TimeSpan.FromMinutes(5));

            Measured told = Assert.Single(measurements.Of("client", "actorp2p.connection.duration"));

            Assert.Equal(told.Tags["actorp2p.disconnect.reason"], told.Tags["error.type"]);
        });

    [Fact]
    public void An_ask_is_counted_while_it_waits_and_timed_when_it_ends() =>
        Metered(NeverAnswer).Run(async cluster =>
        {
            using Measurements measurements = new(instrument => instrument.Meter.Scope == _meters);
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
                Task<Text> ask = client.AskAsync<Text>(
                    peer, new Text("hello"), new SendOptions { Timeout = TimeSpan.FromSeconds(5) });
            await cluster.Delay(TimeSpan.FromSeconds(1));
            Assert.Equal(1, Value(measurements.Observe("client"), "actorp2p.ask.active"));

            AskException failure = await Assert.ThrowsAsync<AskException>(() => ask);

            Measured told = Assert.Single(measurements.Of("client", "actorp2p.ask.duration"));
            Assert.Equal($"error.type={failure.Reason}", told.Detail);
            Assert.InRange(told.Value, 5, 5.1);
            Assert.Equal(0, Value(measurements.Observe("client"), "actorp2p.ask.active"));
        });

    [Fact]
    public void An_ask_that_is_cancelled_says_so() =>
        Metered(NeverAnswer).Run(async cluster =>
        {
            using Measurements measurements = new(instrument => instrument.Meter.Scope == _meters);
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            using CancellationTokenSource cancellation = new();
            Task<Text> ask = client.AskAsync<Text>(peer, new Text("hello"), cancellationToken: cancellation.Token);
            await cluster.Delay(TimeSpan.FromSeconds(1));
            cancellation.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ask);

            Measured told = Assert.Single(measurements.Of("client", "actorp2p.ask.duration"));

            Assert.Equal(("error.type=Cancelled", 1.0), (told.Detail, told.Value));
        });

    [Fact]
    public void Handlers_and_round_trips_are_timed_while_somebody_listens()
    {
        Cluster metered = Metered(protocol => protocol
            .OnRequest<Text, Text>(async (text, context) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), context.Node.Context.TimeProvider);
                return text.Value == "fail" ? throw new InvalidTimeZoneException() : text;
            })
            .OnNotify<Text>((_, _) => { }, HandlerExecution.Inline)
            .OnBroadcast<Text>((_, _) => Verdict.Accept));
        metered.Run(async cluster =>
        {
            using Measurements measurements = new(instrument => instrument.Meter.Scope == _meters);
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await client.AskAsync<Text>(peer, new Text("hello"));
            await Assert.ThrowsAsync<AskException>(() => client.AskAsync<Text>(peer, new Text("fail")));
            await client.TellAsync(peer, new Text("told"));
            await client.BroadcastAsync(new Text("news"));
            await cluster.Delay(TimeSpan.FromSeconds(1));

            IReadOnlyList<Measured> told = measurements.Of("server", "actorp2p.handler.duration");
            Assert.Equal(["broadcast", "notify", "request", "request"],
                told.Select(call => call.Tags["actorp2p.message.kind"]).Order());
            Assert.Equal(
                [1, 1], told.Where(call => call.Tags["actorp2p.message.kind"] == "request").Select(call => call.Value));
            Assert.Single(told, call => call.Tags.Values.Contains("HandlerFailed"));
            Assert.NotEmpty(measurements.Of("client", "actorp2p.connection.round_trip"));
            Assert.Equal(peer.Statistics.RoundTrip!.Value.TotalSeconds,
                measurements.Of("client", "actorp2p.connection.round_trip")[^1].Value);
        });
    }

    private Cluster Metered(Action<ProtocolBuilder>? server = null, [CallerMemberName] string scenario = "") =>
        ClientAndServer.Of(server, scenario).WithMeters(_meters);

    private static void NeverAnswer(ProtocolBuilder protocol) => protocol.OnRequest<Text, Text>(
        async (_, context) => await ClientAndServer.NeverAsync(context.CancellationToken));

    private static double Value(IEnumerable<Measured> told, string instrument, string tag = "") => Assert.Single(
        told, measured => measured.Instrument == instrument && (tag.Length == 0 || measured.Tags.Values.Contains(tag)))
            .Value;
}
