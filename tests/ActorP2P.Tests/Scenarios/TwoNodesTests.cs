using ActorP2P.Protocol;

namespace ActorP2P.Tests;

public sealed class TwoNodesTests
{
    [Fact]
    public void An_ask_is_answered()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            (P2PNode client, P2PNode server, Peer peer) = await PairAsync(mesh);

            Text reply = await client.AskAsync<Text>(peer, new Text("hello"));

            Assert.Equal("echo hello", reply.Value);
            await StopAsync(client, server);
        });
    }

    [Fact]
    public void The_first_reply_is_two_round_trips_away()
    {
        VirtualMesh mesh = new(latency: TimeSpan.FromMilliseconds(50));
        mesh.Run(async () =>
        {
            P2PNode server = await mesh.StartAsync("server", EchoProtocol.Register);
            P2PNode client = await mesh.StartAsync("client");
            TimeSpan start = mesh.Scheduler.Now;

            Text reply = await client.AskAsync<Text>(server.ListenAddresses[0], new Text("early"));

            Assert.Equal("echo early", reply.Value);
            Assert.InRange(mesh.Scheduler.Now - start, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(201));
            await StopAsync(client, server);
        });
    }

    [Fact]
    public void A_message_far_larger_than_every_window_arrives_whole()
    {
        byte[] bytes = new byte[20_000_000];
        new Random(7).NextBytes(bytes);
        VirtualMesh mesh = new(latency: TimeSpan.FromMicroseconds(100));
        mesh.Run(async () =>
        {
            P2PNode server = await mesh.StartAsync("server", protocol => protocol.OnRequest<Blob, Blob>((request, _) => request));
            P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

            Blob reply = await client.AskAsync<Blob>(peer, new Blob(bytes), timeout: TimeSpan.FromMinutes(5));

            Assert.Equal(bytes, reply.Bytes);
            await StopAsync(client, server);
        });
    }

    [Fact]
    public void An_ask_without_an_answer_ends_at_its_deadline_and_the_peer_is_told()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            TaskCompletionSource cancelled = new();
            P2PNode server = await mesh.StartAsync("server", protocol => protocol.OnRequest<Text, Text>(async (_, context) =>
            {
                context.Cancellation.Register(cancelled.SetResult);
                await Task.Delay(Timeout.InfiniteTimeSpan, mesh.Scheduler.TimeProvider, context.Cancellation);
                return new Text("never");
            }));
            P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
            TimeSpan start = mesh.Scheduler.Now;

            AskException failure = await Assert.ThrowsAsync<AskException>(() => client.AskAsync<Text>(peer, new Text("?")));

            Assert.Equal(AskFailure.TimedOut, failure.Reason);
            Assert.InRange(mesh.Scheduler.Now - start, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10.05));
            await cancelled.Task;
            Assert.Single(client.Peers);
            await StopAsync(client, server);
        });
    }

    [Fact]
    public void An_ask_on_a_lost_connection_ends_with_the_reason_of_the_loss()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            P2PNode server = await mesh.StartAsync("server", protocol => protocol.OnRequest<Text, Text>(async (_, context) =>
            {
                await Task.Delay(TimeSpan.FromHours(1), mesh.Scheduler.TimeProvider, context.Cancellation);
                return new Text("never");
            }));
            P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
            Task<Text> ask = client.AskAsync<Text>(peer, new Text("?"));

            await server.DisposeAsync();

            AskException failure = await Assert.ThrowsAsync<AskException>(() => ask);
            Assert.Equal(AskFailure.Disconnected, failure.Reason);
            Assert.Equal(DisconnectReason.ShuttingDown, failure.End!.Reason);
            Assert.Equal(DisconnectSide.Remote, failure.End.Side);
            await client.DisposeAsync();
        });
    }

    [Fact]
    public void Errors_of_the_asked_node_are_typed_and_keep_the_connection()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            P2PNode server = await mesh.StartAsync("server", protocol => protocol.OnRequest<Text, Text>((request, _) => request.Value switch
            {
                "refuse" => throw new RequestRefusedException(0x123, "not today"),
                "fail" => throw new InvalidOperationException("bug"),
                _ => request,
            }));
            P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

            AskException refused = await Assert.ThrowsAsync<AskException>(() => client.AskAsync<Text>(peer, new Text("refuse")));
            AskException failed = await Assert.ThrowsAsync<AskException>(() => client.AskAsync<Text>(peer, new Text("fail")));
            AskException unknown = await Assert.ThrowsAsync<AskException>(() => client.AskAsync<Blob>(peer, new Blob([1])));

            Assert.Equal((RequestErrorCode)0x123, refused.ErrorCode);
            Assert.Contains("not today", refused.Message, StringComparison.Ordinal);
            Assert.Equal(RequestErrorCode.HandlerFailed, failed.ErrorCode);
            Assert.Equal(RequestErrorCode.UnknownType, unknown.ErrorCode);
            Assert.Single(client.Peers);
            await StopAsync(client, server);
        });
    }

    [Fact]
    public void A_notify_arrives_once_and_in_order()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            List<string> taken = [];
            TaskCompletionSource all = new();
            P2PNode server = await mesh.StartAsync("server", protocol => protocol.OnNotify<Text>((message, _) =>
            {
                taken.Add(message.Value);
                if (taken.Count == 5_000)
                {
                    all.SetResult();
                }
            }));
            P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

            for (int i = 0; i < 5_000; i++)
            {
                await client.TellAsync(peer, new Text($"{i}"));
            }

            await all.Task;
            Assert.Equal(Enumerable.Range(0, 5_000).Select(i => $"{i}"), taken);
            await StopAsync(client, server);
        });
    }

    [Fact]
    public void A_silent_connection_is_pinged_and_lives()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            (P2PNode client, P2PNode server, Peer peer) = await PairAsync(mesh);
            long before = client.Statistics.FramesReceived;

            await Task.Delay(TimeSpan.FromMinutes(10), mesh.Scheduler.TimeProvider);

            Assert.Single(client.Peers);
            Assert.True(client.Statistics.FramesReceived >= before + 9);
            Assert.Equal("echo still there", (await client.AskAsync<Text>(peer, new Text("still there"))).Value);
            await StopAsync(client, server);
        });
    }

    [Fact]
    public void Two_nodes_of_different_networks_refuse_each_other_by_name()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            P2PNode server = await mesh.StartAsync("server", EchoProtocol.Register);
            P2PNode client = await mesh.StartAsync("client", change: settings => settings with { NetworkId = "other" });

            ConnectException failure = await Assert.ThrowsAsync<ConnectException>(() => client.ConnectAsync(server.ListenAddresses[0]));

            Assert.Equal(ConnectFailure.HandshakeFailed, failure.Reason);
            Assert.Equal(DisconnectReason.WrongNetwork, failure.End!.Reason);
            Assert.Empty(server.Peers);
            await StopAsync(client, server);
        });
    }

    [Fact]
    public void A_node_that_dials_itself_notices()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            P2PNode node = await mesh.StartAsync("node", EchoProtocol.Register);

            ConnectException failure = await Assert.ThrowsAsync<ConnectException>(() => node.ConnectAsync(node.ListenAddresses[0]));

            Assert.Equal(DisconnectReason.SelfConnection, failure.End!.Reason);
            await node.DisposeAsync();
        });
    }

    internal static async Task<(P2PNode Client, P2PNode Server, Peer Peer)> PairAsync(VirtualMesh mesh)
    {
        P2PNode server = await mesh.StartAsync("server", EchoProtocol.Register);
        P2PNode client = await mesh.StartAsync("client");
        return (client, server, await client.ConnectAsync(server.ListenAddresses[0]));
    }

    internal static async Task StopAsync(params P2PNode[] nodes)
    {
        foreach (P2PNode node in nodes)
        {
            await node.DisposeAsync();
        }
    }
}
