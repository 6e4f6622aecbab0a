using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Time;

public sealed class SuspendedNodeTests
{
    // This is longer than the handshake, a pong and an ask may take.
    private static readonly TimeSpan s_suspended = TimeSpan.FromSeconds(45);

    private readonly VirtualMesh _mesh = new();
    private Suspension _suspension = null!;

    [Fact]
    public void A_pong_that_came_while_suspended_counts() => Run(async (node, raw) =>
    {
        await raw.BecomeReadyAsync();
        RawFrame ping = await raw.ReadAsync(FrameKind.Ping);

        _suspension.Suspend();
        await raw.SendAsync(FrameKind.Pong, id: ping.Header.Id);
        await DelayAsync(s_suspended);
        _suspension.Resume();

        await Arena.AssertIsKeptAsync(raw);
        Assert.Single(node.Peers);
    });

    [Fact]
    public void A_pong_that_never_came_still_ends_the_session() => Run(async (node, raw) =>
    {
        await raw.BecomeReadyAsync();
        await raw.ReadAsync(FrameKind.Ping);
        using NodeEvents events = node.Events();

        _suspension.Suspend();
        await DelayAsync(s_suspended);
        _suspension.Resume();

        Assert.Equal(DisconnectReason.PingTimeout, (await events.ReadAsync<PeerDisconnected>()).Reason);
    });

    [Fact]
    public void An_answer_that_came_while_suspended_counts() => Run(async (node, raw) =>
    {
        await raw.BecomeReadyAsync();
        await UntilAsync(() => node.Peers.Count == 1);
        Task<Text> ask = node.AskAsync<Text>(node.Peers[0], new Text("asked"));
        RawFrame request = await raw.ReadAsync(FrameKind.Request);

        _suspension.Suspend();
        await raw.SendAsync(FrameKind.Response, "answer"u8.ToArray(), RawPeer.Normal, Text.TypeCode, request.Header.Id);
        await DelayAsync(s_suspended);
        _suspension.Resume();

        Assert.Equal("answer", (await ask).Value);
    });

    [Fact]
    public void An_ask_without_answer_ends_after_a_suspension() => Run(async (node, raw) =>
    {
        await raw.BecomeReadyAsync();
        await UntilAsync(() => node.Peers.Count == 1);
        Task<Text> ask = node.AskAsync<Text>(node.Peers[0], new Text("asked"));
        await raw.ReadAsync(FrameKind.Request);

        _suspension.Suspend();
        await DelayAsync(s_suspended);
        _suspension.Resume();

        Assert.Equal(AskFailure.TimedOut, (await Assert.ThrowsAsync<AskException>(() => ask)).Reason);
    });

    [Fact]
    public void A_hello_that_came_while_suspended_counts() => Run(async (node, raw) =>
    {
        _suspension.Suspend();
        await raw.HelloAsync();
        await DelayAsync(s_suspended);
        _suspension.Resume();

        await raw.ReadHelloAsync(FrameKind.HelloAck);
        await raw.SendAsync(FrameKind.Ready);
        await UntilAsync(() => node.Peers.Count == 1);
    });

    private void Run(Func<P2PNode, RawPeer, Task> scenario) => _mesh.Run(async () =>
    {
        // The first node of a mesh uses the first clock.
        _suspension = new Suspension(_mesh.World.TimeProviderOf(1), _mesh.CreateTransport("node"));
        await using P2PNode node = await _mesh.StartAsync("node", transport: _suspension, wrapTime: _ => _suspension);
        ConnectionCatcher catcher = new();
        _mesh.CreateTransport("raw").Dial(node.ListenAddresses[0], TimeSpan.FromSeconds(5), catcher);
        using RawPeer raw = new(new MemoryWire(await catcher.Caught));
        await scenario(node, raw);
    });

    private Task DelayAsync(TimeSpan time) => Task.Delay(time, _mesh.World.TimeProvider);

    private async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await DelayAsync(TimeSpan.FromMilliseconds(1));
        }
    }
}
