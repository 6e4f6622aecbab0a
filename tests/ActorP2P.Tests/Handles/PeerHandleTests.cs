using System.Globalization;

namespace ActorP2P.Tests.Handles;

/// <summary>Handles that outlive connections, in virtual time.</summary>
public sealed class PeerHandleTests
{
    private readonly List<int> _told = [];
    private int _asked;

    [Fact]
    public void Two_thousand_messages_wait_for_a_node_that_is_down() => Run(async cluster =>
    {
        cluster.Faults.Kill("server");
        await using PeerHandle handle = cluster["client"].Node.Peer(cluster["server"].Address);
        Task[] told = [.. Enumerable.Range(0, 2_000).Select(number => handle.TellAsync(new Text($"{number}")))];

        SendException full = await Assert.ThrowsAsync<SendException>(() => handle.TellAsync(new Text("2000")));
        AskException fullToo = await Assert.ThrowsAsync<AskException>(() => handle.AskAsync<Text>(new Text("2000")));
        int waiting = handle.Waiting;
        cluster.Faults.Restart("server");
        await Task.WhenAll(told);
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.Equal((SendFailure.QueueFull, AskFailure.QueueFull), (full.Reason, fullToo.Reason));
        Assert.Equal((2_000, 0), (waiting, handle.Waiting));
        Assert.Equal(Enumerable.Range(0, 2_000), _told);
    });

    [Fact]
    public void A_handle_dials_again_after_a_crash_and_keeps_the_order() => Run(async cluster =>
    {
        await using PeerHandle handle = cluster["client"].Node.Peer(cluster["server"].Address);
        Peer first = await handle.ConnectedAsync();
        await handle.TellAsync(new Text("0"));
        await cluster.Delay(TimeSpan.FromSeconds(1));
        cluster.Faults.Kill("server");
        await cluster.Delay(TimeSpan.FromSeconds(1));
        PeerHandleState lost = handle.State;
        Task later = Task.WhenAll(Enumerable.Range(1, 9).Select(number => handle.TellAsync(new Text($"{number}"))));
        await cluster.Delay(TimeSpan.FromSeconds(20));
        cluster.Faults.Restart("server");

        Peer second = await handle.ConnectedAsync();
        await later;
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.NotEqual(PeerHandleState.Connected, lost);
        Assert.NotSame(first, second);
        Assert.Equal((PeerHandleState.Connected, second), (handle.State, handle.Peer));
        Assert.Equal(Enumerable.Range(0, 10), _told);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_an_idempotent_ask_outlives_its_connection(bool isIdempotent) => Run(async cluster =>
    {
        await using PeerHandle handle = cluster["client"].Node.Peer(cluster["server"].Address);
        await handle.ConnectedAsync();
        Task<Text> asked = handle.AskAsync<Text>(
            new Text("slowly"), new SendOptions { IsIdempotent = isIdempotent, Timeout = TimeSpan.FromMinutes(5) });
        await cluster.Delay(TimeSpan.FromSeconds(1));
        cluster.Faults.Kill("server");
        await cluster.Delay(TimeSpan.FromSeconds(1));
        cluster.Faults.Restart("server");

        if (isIdempotent)
        {
            Assert.Equal("slowly", (await asked).Value);
            Assert.Equal(2, _asked);
        }
        else
        {
            AskException lost = await Assert.ThrowsAsync<AskException>(() => asked);
            Assert.Equal(AskFailure.Disconnected, lost.Reason);
        }
    });

    [Fact]
    public void What_waits_too_long_ends_with_its_reason() => Run(async cluster =>
    {
        cluster.Faults.Kill("server");
        await using PeerHandle handle = cluster["client"].Node.Peer(cluster["server"].Address);
        TimeSpan begun = cluster.World.Now;
        Task told = handle.TellAsync(new Text("1"), new SendOptions { Expiry = TimeSpan.FromSeconds(3) });
        Task asked = handle.AskAsync<Text>(new Text("1"), new SendOptions { Timeout = TimeSpan.FromSeconds(2) });
        Task expiring = handle.AskAsync<Text>(new Text("1"), new SendOptions { Expiry = TimeSpan.FromSeconds(1) });

        Assert.Equal(AskFailure.Expired, (await Assert.ThrowsAsync<AskException>(() => expiring)).Reason);
        Assert.Equal(AskFailure.TimedOut, (await Assert.ThrowsAsync<AskException>(() => asked)).Reason);
        Assert.Equal(SendFailure.Expired, (await Assert.ThrowsAsync<SendException>(() => told)).Reason);
        Assert.Equal(TimeSpan.FromSeconds(3), cluster.World.Now - begun);
        Assert.Equal(0, handle.Waiting);
    });

    [Fact]
    public void A_cancelled_message_is_not_sent() => Run(async cluster =>
    {
        cluster.Faults.Kill("server");
        await using PeerHandle handle = cluster["client"].Node.Peer(cluster["server"].Address);
        using CancellationTokenSource cancelled = new();
        Task first = handle.TellAsync(new Text("1"), cancellationToken: cancelled.Token);
        Task second = handle.TellAsync(new Text("2"));
        cancelled.Cancel();
        cluster.Faults.Restart("server");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await second;
        await cluster.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal([2], _told);
    });

    [Fact]
    public void The_last_handle_of_an_address_closes_the_connection() => Run(async cluster =>
    {
        P2PNode client = cluster["client"].Node;
        PeerHandle one = client.Peer(cluster["server"].Address);
        PeerHandle other = client.Peer(cluster["server"].Address);
        Peer shared = await one.ConnectedAsync();
        Assert.Same(shared, await other.ConnectedAsync());

        await one.DisposeAsync();
        await other.TellAsync(new Text("1"));
        SendException closed = await Assert.ThrowsAsync<SendException>(() => one.TellAsync(new Text("2")));
        using NodeEvents events = client.Events();
        await other.DisposeAsync();

        PeerDisconnected end = await events.ReadAsync<PeerDisconnected>();
        Assert.Equal((shared, DisconnectReason.ApplicationClosed), (end.Peer, end.Reason));
        Assert.Equal(SendFailure.NotConnected, closed.Reason);
        Assert.Equal((PeerHandleState.Closed, PeerHandleState.Closed), (one.State, other.State));
        Assert.Equal([1], _told);
    });

    [Fact]
    public void A_closed_handle_ends_what_waits() => Run(async cluster =>
    {
        cluster.Faults.Kill("server");
        PeerHandle handle = cluster["client"].Node.Peer(cluster["server"].Address);
        Task told = handle.TellAsync(new Text("1"));
        Task asked = handle.AskAsync<Text>(new Text("1"));
        Task connected = handle.ConnectedAsync();

        await handle.DisposeAsync();

        Assert.Equal(SendFailure.NotConnected, (await Assert.ThrowsAsync<SendException>(() => told)).Reason);
        Assert.Equal(AskFailure.NotConnected, (await Assert.ThrowsAsync<AskException>(() => asked)).Reason);
        Assert.Equal(ConnectFailure.Stopping, (await Assert.ThrowsAsync<ConnectException>(() => connected)).Reason);
    });

    [Fact]
    public void A_node_that_stops_ends_what_waits_in_its_handles() => Run(async cluster =>
    {
        cluster.Faults.Kill("server");
        P2PNode client = cluster["client"].Node;
        PeerHandle handle = client.Peer(cluster["server"].Address);
        Task told = handle.TellAsync(new Text("1"));

        await client.DisposeAsync();

        SendException ended = await Assert.ThrowsAsync<SendException>(() => told);
        Assert.Equal((SendFailure.NotConnected, "the node has stopped"), (ended.Reason, ended.Detail));
        Assert.Equal(PeerHandleState.Closed, handle.State);
        Assert.Throws<NodeStoppedException>(() => client.Peer(cluster["server"].Address));
    });

    [Fact]
    public void A_connection_is_prepared_before_messages_are_sent() => Run(async cluster =>
    {
        P2PNode client = cluster["client"].Node;
        int prepared = 0;
        using NodeEvents events = client.Events();
        await using PeerHandle handle = client.Peer(cluster["server"].Address, new PeerHandleOptions
        {
            Prepare = async (peer, token) =>
            {
                if (++prepared == 1)
                {
                    throw new InvalidOperationException("not yet");
                }

                await client.TellAsync(peer, new Text("100"), cancellationToken: token);
            },
        });
        await handle.TellAsync(new Text("1"));
        await cluster.Delay(TimeSpan.FromSeconds(1));

        PeerHandleChanged waiting = await events.ReadAsync<PeerHandleChanged>();
        Assert.Equal((PeerHandleState.Waiting, "not yet"), (waiting.State, waiting.Fault?.Message));
        Assert.Equal((2, handle.Address), (prepared, waiting.Address));
        Assert.Equal([100, 1], _told);
    });

    private void Run(Func<Cluster, Task> program) => Cluster.Of(["server", "client"])
        .Unlinked()
        .Where("server", protocol => protocol
            .OnNotify<Text>((text, _) =>
            {
                _told.Add(int.Parse(text.Value, CultureInfo.InvariantCulture));
                return default;
            })
            .OnRequest<Text, Text>(async (text, context) =>
            {
                _asked++;
                await Task.Delay(
                    TimeSpan.FromSeconds(10), context.Peer.Owner.TimeProvider, context.CancellationToken);
                return text;
            }))
        .WithSettings("client", static options => options with { Listen = null })
        .Run(program);
}
