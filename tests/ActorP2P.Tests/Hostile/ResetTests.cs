using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>A connection that breaks in each state of a session.</summary>
[Collection(SocketsCollection.Name)]
public sealed class ResetTests
{
    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_reset_before_the_hello_is_reported(Network network) => Arena.RunAsync(network, async arena =>
    {
        RawPeer raw = await arena.DialAsync();
        await arena.AssertHonestIsServedAsync();
        raw.Reset();
        await ExpectLossAsync(arena, raw, DisconnectReason.ConnectionReset);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_reset_between_hello_and_ready_is_reported(Network network) => Arena.RunAsync(network, async arena =>
    {
        RawPeer raw = await arena.DialAsync();
        await raw.HelloAsync();
        await raw.ReadHelloAsync(FrameKind.HelloAck);
        raw.Reset();
        await ExpectLossAsync(arena, raw, DisconnectReason.ConnectionReset);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_reset_of_a_ready_session_ends_the_ask_that_waits(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
        Task<Text> ask = arena.Node.AskAsync<Text>(peer, new Text("?"));
        await raw.ReadAsync(FrameKind.Request);
        raw.Reset();

        AskException failure = await Assert.ThrowsAsync<AskException>(() => ask);

        Assert.Equal(AskFailure.Disconnected, failure.Reason);
        Assert.Equal(DisconnectReason.ConnectionReset, failure.End!.Reason);
        await ExpectLossAsync(arena, raw, DisconnectReason.ConnectionReset);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task The_end_of_the_stream_without_a_goodbye_is_a_loss(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
        raw.Dispose();
        await ExpectLossAsync(arena, raw, DisconnectReason.ConnectionLost);
        SendException failure = await Assert.ThrowsAsync<SendException>(
            () => arena.Node.TellAsync(peer, new Text("late")));
        Assert.Equal(SendFailure.NotConnected, failure.Reason);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_reset_during_a_drain_keeps_the_goodbyes_reason(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
        _ = arena.Node.DisconnectAsync(peer);
        await raw.ReadAsync(FrameKind.Goodbye);
        raw.Reset();

        Disconnect end = await arena.EndOfAsync(raw);

        Assert.Equal((DisconnectReason.ApplicationClosed, DisconnectSide.Local), (end.Reason, end.Side));
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_reset_during_a_refusal_keeps_the_refusals_reason(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        RawPeer raw = await arena.DialReadyAsync();
        await raw.SendAsync((FrameKind)0x77);
        await raw.ReadAsync(FrameKind.Goodbye);
        raw.Reset();

        Assert.Equal(DisconnectReason.UnknownKind, (await arena.EndOfAsync(raw)).Reason);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_reset_before_the_dialled_node_has_answered_is_typed(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        (PeerAddress address, Task<RawPeer> accepted) = arena.Listen();
        Task<Peer> connect = arena.Node.ConnectAsync(address);
        RawPeer raw = await accepted;
        await raw.ReadHelloAsync(FrameKind.Hello);
        raw.Reset();

        ConnectException failure = await Assert.ThrowsAsync<ConnectException>(() => connect);

        Assert.Equal(ConnectFailure.HandshakeFailed, failure.Reason);
        Assert.Equal(DisconnectReason.ConnectionReset, failure.End!.Reason);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_dialled_node_that_answers_garbage_is_refused(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        (PeerAddress address, Task<RawPeer> accepted) = arena.Listen();
        Task<Peer> connect = arena.Node.ConnectAsync(address);
        using RawPeer raw = await accepted;
        await raw.SendAsync("SSH-2.0-OpenSSH_9.6\r\n"u8.ToArray());
        RawFrame goodbye = await raw.ReadAsync(FrameKind.Goodbye);
        raw.Dispose();

        ConnectException failure = await Assert.ThrowsAsync<ConnectException>(() => connect);
        Assert.Equal(DisconnectReason.NotThisProtocol, failure.End!.Reason);
        Assert.Equal([0, (byte)DisconnectReason.NotThisProtocol], goodbye.Payload[..2]);
    });

    /// <summary>The same treatment ended BDK's node after 59 to 102 tries.</summary>
    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_thousand_connects_with_resets_leave_nothing_behind(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        for (int i = 0; i < 1_000; i++)
        {
            (await arena.TryDialAsync())?.Reset();
        }

        await arena.AssertHonestIsServedAsync();
        await EndsOfAsync(arena, 1_000);
        using RawPeer last = await arena.DialReadyAsync();
        await Arena.AssertIsKeptAsync(last);
        Assert.Equal(2, arena.Node.Peers.Count);
    });

    /// <summary>
    /// Waits until this number of connections is accounted for: by the reason with which they ended, or as lost while
    /// they were accepted.
    /// </summary>
    internal static async Task<IReadOnlyDictionary<DisconnectReason, int>> EndsOfAsync(Arena arena, int connections)
    {
        Dictionary<DisconnectReason, int> reasons = [];
        while (connections > 0)
        {
            switch (await arena.Events.ReadAsync())
            {
                case PeerRefused refused:
                    reasons[refused.End.Reason] = reasons.GetValueOrDefault(refused.End.Reason) + 1;
                    connections--;
                    break;
                case AcceptFailed:
                    connections--;
                    break;
            }
        }

        return reasons;
    }

    private static async Task ExpectLossAsync(Arena arena, RawPeer raw, DisconnectReason reason)
    {
        Disconnect end = await arena.EndOfAsync(raw);
        Assert.Equal((reason, DisconnectSide.Transport), (end.Reason, end.Side));
        Assert.Contains(arena.Log.Lines,
            line => line.Contains($"{raw.LocalAddress} ended. Transport: {reason}", StringComparison.Ordinal));
        await arena.AssertHonestIsServedAsync();
    }
}
