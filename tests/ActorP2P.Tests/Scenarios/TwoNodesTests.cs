using ActorP2P.Protocol;
using ActorP2P.TestKit;

namespace ActorP2P.Tests;

public sealed class TwoNodesTests
{
    [Fact]
    public void An_ask_is_answered()
    {
        ClientAndServer.Of().Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);

            Text reply = await client.AskAsync<Text>(peer, new Text("hello"));

            Assert.Equal("echo hello", reply.Value);
        });
    }

    [Fact]
    public void The_first_reply_is_two_round_trips_away()
    {
        ClientAndServer.Of().LinkedBy(
            new LinkConditions { Latency = TimeSpan.FromMilliseconds(50) }).Run(async cluster =>
        {
            P2PNode server = cluster["server"].Node;
            P2PNode client = cluster["client"].Node;
            TimeSpan start = cluster.World.Now;

            Text reply = await client.AskAsync<Text>(server.ListenAddresses[0], new Text("early"));

            Assert.Equal("echo early", reply.Value);
            Assert.InRange(cluster.World.Now - start, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(201));
        });
    }

    [Fact]
    public void A_message_far_larger_than_every_window_arrives_whole()
    {
        byte[] bytes = new byte[20_000_000];
        new Random(7).NextBytes(bytes);
        ClientAndServer.Of(protocol => protocol.OnRequest<Blob, Blob>((request, _) => request)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);

            Blob reply = await client.AskAsync<Blob>(
                peer, new Blob(bytes), new() { Timeout = TimeSpan.FromMinutes(5) });

            Assert.Equal(bytes, reply.Bytes);
        });
    }

    [Fact]
    public void An_ask_without_an_answer_ends_at_its_deadline()
    {
        TaskCompletionSource cancelled = new();
        ClientAndServer.Of(protocol => protocol.OnRequest<Text, Text>(async (_, context) =>
        {
            context.CancellationToken.Register(cancelled.SetResult);
            return await ClientAndServer.NeverAsync(context.CancellationToken);
        })).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            TimeSpan start = cluster.World.Now;

            AskException failure = await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Text>(peer, new Text("?")));

            Assert.Equal(AskFailure.TimedOut, failure.Reason);
            Assert.InRange(cluster.World.Now - start, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10.05));
            await cancelled.Task;
            Assert.Single(client.Peers);
        });
    }

    [Fact]
    public void An_ask_on_a_lost_connection_ends_with_the_reason_of_the_loss()
    {
        TaskCompletionSource began = new();
        ClientAndServer.Of(protocol => protocol.OnRequest<Text, Text>(async (_, context) =>
        {
            began.SetResult();
            return await ClientAndServer.NeverAsync(context.CancellationToken);
        })).Run(async cluster =>
        {
            (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            Task<Text> ask = client.AskAsync<Text>(peer, new Text("?"));
            await began.Task;

            await server.DisposeAsync();

            AskException failure = await Assert.ThrowsAsync<AskException>(() => ask);
            Assert.Equal(AskFailure.Disconnected, failure.Reason);
            Assert.Equal(DisconnectReason.ShuttingDown, failure.End!.Reason);
            Assert.Equal(DisconnectSide.Remote, failure.End.Side);
        });
    }

    [Fact]
    public void Errors_of_the_asked_node_are_typed_and_keep_the_connection()
    {
        ClientAndServer.Of(protocol => protocol.OnRequest<Text, Text>((request, _) => request.Value switch
        {
            "refuse" => throw new RequestRefusedException(0x123, "not today"),
            "fail" => throw new InvalidOperationException("bug"),
            _ => request,
        })).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);

            AskException refused = await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Text>(peer, new Text("refuse")));
            AskException failed = await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Text>(peer, new Text("fail")));
            AskException unknown = await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Blob>(peer, new Blob([1])));

            Assert.Equal((RequestErrorCode)0x123, refused.ErrorCode);
            Assert.Contains("not today", refused.Message, StringComparison.Ordinal);
            Assert.Equal(RequestErrorCode.HandlerFailed, failed.ErrorCode);
            Assert.Equal(RequestErrorCode.UnknownType, unknown.ErrorCode);
            Assert.Single(client.Peers);
        });
    }

    [Fact]
    public void A_notify_arrives_once_and_in_order()
    {
        List<string> taken = [];
        TaskCompletionSource all = new();
        ClientAndServer.Of(protocol => protocol.OnNotify<Text>((message, _) =>
        {
            taken.Add(message.Value);
            if (taken.Count == 5_000)
            {
                all.SetResult();
            }
        })).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);

            for (int i = 0; i < 5_000; i++)
            {
                await client.TellAsync(peer, new Text($"{i}"));
            }

            await all.Task;
            Assert.Equal(Enumerable.Range(0, 5_000).Select(i => $"{i}"), taken);
        });
    }

    [Fact]
    public void A_silent_connection_is_pinged_and_lives()
    {
        ClientAndServer.Of().Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            long before = client.Statistics.FramesReceived;

            await cluster.Delay(TimeSpan.FromMinutes(10));

            Assert.Single(client.Peers);
            Assert.True(client.Statistics.FramesReceived >= before + 9);
            Assert.Equal("echo still there", (await client.AskAsync<Text>(peer, new Text("still there"))).Value);
        });
    }

    [Fact]
    public void Two_nodes_of_different_networks_refuse_each_other_by_name()
    {
        ClientAndServer.Of().WithSettings(
            "client", settings => settings with { NetworkId = "other" }).Run(async cluster =>
        {
            P2PNode server = cluster["server"].Node;
            P2PNode client = cluster["client"].Node;

            ConnectException failure = await Assert.ThrowsAsync<ConnectException>(
                () => client.ConnectAsync(server.ListenAddresses[0]));

            Assert.Equal(ConnectFailure.HandshakeFailed, failure.Reason);
            Assert.Equal(DisconnectReason.WrongNetwork, failure.End!.Reason);
            Assert.Empty(server.Peers);
        });
    }

    [Fact]
    public void A_node_that_dials_itself_notices()
    {
        Cluster.Of(["node"]).Unlinked().Run(async cluster =>
        {
            P2PNode node = cluster["node"].Node;

            ConnectException failure = await Assert.ThrowsAsync<ConnectException>(
                () => node.ConnectAsync(node.ListenAddresses[0]));

            Assert.Equal(DisconnectReason.SelfConnection, failure.End!.Reason);
        });
    }
}
