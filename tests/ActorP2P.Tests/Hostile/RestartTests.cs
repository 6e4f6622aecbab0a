using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>
/// Parts of a node that fail while it works. Everything that waits for them ends with a typed outcome, and the node
/// continues.
/// </summary>
public sealed class RestartTests
{
    [Fact]
    public void A_failure_of_the_request_tracker_fails_waiting_asks() =>
        Run(async (mesh, client, server, peer) =>
    {
        Task<Blob> waiting = client.AskAsync<Blob>(peer, new Blob([1]));
        await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);

        Fail(client, "requests");
        Task<Text> behind = client.AskAsync<Text>(peer, new Text("behind"));

        AskException failure = await Assert.ThrowsAsync<AskException>(() => waiting);
        Assert.Equal(AskFailure.NodeFailed, failure.Reason);
        Assert.Equal("echo behind", (await behind).Value);
        Assert.Single(server.Peers);
    });

    [Fact]
    public void A_failure_of_the_broadcaster_loses_no_later_broadcast() =>
        Run(async (mesh, client, server, peer) =>
    {
        Fail(client, "broadcaster");
        int peers = await client.BroadcastAsync(new Text("news"));
        await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);

        Assert.Equal(1, peers);
        Assert.Equal(1, server.Statistics.BroadcastsReceived);
    });

    [Fact]
    public void A_failure_of_the_listener_leaves_the_node_where_it_listened() =>
        Run(async (mesh, client, server, peer) =>
    {
        PeerAddress address = server.ListenAddresses[0];
        Fail(server, "listener");
        await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);

        P2PNode third = await mesh.StartAsync("third");
        Peer found = await third.ConnectAsync(address);

        Assert.Equal("echo x", (await third.AskAsync<Text>(found, new Text("x"))).Value);
        Assert.Equal(2, server.Peers.Count);
        await third.DisposeAsync();
    });

    [Fact]
    public void A_failure_of_the_dialer_fails_only_the_pending_dial() =>
        Run(async (mesh, client, server, peer) =>
    {
        P2PNode third = await mesh.StartAsync("third");
        Task<Peer> first = client.ConnectAsync(third.ListenAddresses[0]);
        await Task.Delay(TimeSpan.FromMilliseconds(5), mesh.World.TimeProvider);
        Fail(client, "dialer");
        Task<Peer> second = client.ConnectAsync(third.ListenAddresses[0]);

        ConnectException failure = await Assert.ThrowsAsync<ConnectException>(() => first);
        Assert.Equal(ConnectFailure.Stopping, failure.Reason);
        Assert.NotNull((await second).ClaimedId);
        await third.DisposeAsync();
    });

    [Fact]
    public void A_failure_of_a_connections_actor_ends_only_it() =>
        Run(async (mesh, client, server, peer) =>
    {
        using NodeEvents events = client.Events();
        Task<Blob> waiting = client.AskAsync<Blob>(peer, new Blob([1]));
        await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);

        Fail(client, $"peer-{peer.ConnectionId}");

        AskException failure = await Assert.ThrowsAsync<AskException>(() => waiting);
        PeerDisconnected gone = await events.ReadAsync<PeerDisconnected>();
        Assert.Equal((AskFailure.Disconnected, DisconnectReason.InternalError), (failure.Reason, failure.End!.Reason));
        Assert.Equal((DisconnectReason.InternalError, DisconnectSide.Local), (gone.Reason, gone.End.Side));
        Assert.Single(((LogRecorder)mesh.Logs!).Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Peer again = await client.ConnectAsync(server.ListenAddresses[0]);
        Assert.Equal("echo y", (await client.AskAsync<Text>(again, new Text("y"))).Value);
    });

    [Fact]
    public void A_failure_of_the_manager_ends_the_node_and_promises() =>
        Run(async (mesh, client, server, peer) =>
    {
        Task<Blob> ask = client.AskAsync<Blob>(peer, new Blob([1]));
        Fail(client, "");
        Task<Peer> connect = client.ConnectAsync(new PeerAddress("elsewhere", 1));
        Task<int> broadcast = client.BroadcastAsync(new Text("x"));
        Task tell = client.TellAsync(peer, new Text("x"));
        Task<Text> late = client.AskAsync<Text>(peer, new Text("x"));

        await Assert.ThrowsAsync<NodeStoppedException>(() => client.Completion);
        await Assert.ThrowsAsync<AskException>(() => ask);
        Assert.Equal(ConnectFailure.Stopping, (await Assert.ThrowsAsync<ConnectException>(() => connect)).Reason);
        Assert.True(await EndsAsync(broadcast) && await EndsAsync(tell) && await EndsAsync(late));
    });

    /// <summary>Whether a task ends, either with a result or with a typed failure of this library.</summary>
    internal static async Task<bool> EndsAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (P2PException)
        {
            // The exception has one of the promised types.
        }

        return true;
    }

    internal static void Fail(P2PNode node, string part)
    {
        string path = node.Manager.Path.ToStringWithoutAddress();
        node.ActorSystem.ActorSelection(part.Length == 0 ? path : $"{path}/{part}").Tell(
            Kill.Instance, ActorRefs.NoSender);
    }

    private static void Run(Func<VirtualMesh, P2PNode, P2PNode, Peer, Task> scenario)
    {
        VirtualMesh mesh = new() { Logs = new LogRecorder() };
        mesh.Run(async () =>
        {
            P2PNode server = await mesh.StartAsync("server", protocol => protocol
                .OnRequest<Text, Text>((request, _) => new Text($"echo {request.Value}"))
                .OnRequest<Blob, Blob>((_, _) => new ValueTask<Blob>(new TaskCompletionSource<Blob>().Task))
                .OnNotify<Text>((_, _) => { })
                .OnBroadcast<Text>((_, _) => Verdict.Accept));
            P2PNode client = await mesh.StartAsync("client");
            await scenario(mesh, client, server, await client.ConnectAsync(server.ListenAddresses[0]));
            await client.DisposeAsync();
            await server.DisposeAsync();
        });
    }
}
