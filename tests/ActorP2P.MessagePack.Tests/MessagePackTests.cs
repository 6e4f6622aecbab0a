using MessagePack;

namespace ActorP2P.MessagePack.Tests;

public sealed class MessagePackTests
{
    // The test reaches this limit only when something hangs.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    public static TheoryData<string, byte[]> BadMoves => new()
    {
        { "no MessagePack", [0xc1] },
        { "another type", MessagePackSerializer.Serialize("e2e4") },
        { "nil", [0xc0] },
        { "cut short", [0x93, 0xa2, 0x65] },
        { "something behind it", [.. MessagePackSerializer.Serialize(new Move("e2", "e4")), 0xc0] },
        { "a length that is not there", [0xdd, 0xff, 0xff, 0xff, 0xff] },
        { "nested too deep", MessagePackSerializer.Serialize(Nested(100)) },
        { "too long", MessagePackSerializer.Serialize(new Move(new string('e', 5000), "e4")) },
        { "empty", [] },
    };

    [Fact]
    public async Task Plain_objects_are_asked_told_and_broadcast()
    {
        TaskCompletionSource<Move> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<Move> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions(), protocol => protocol
            .UseMessagePack<Move>(0x0101)
            .OnRequest<Move, Move>((move, _) => new Move(move.To, move.From))
            .OnNotify<Move>((move, _) => told.SetResult(move))
            .OnBroadcast<Move>((move, _) =>
            {
                heard.SetResult(move);
                return Verdict.Accept;
            }));
        await using P2PNode client = await P2PNode.StartAsync(
            new P2PNodeOptions { Listen = null }, protocol => protocol.UseMessagePack<Move>(0x0101));
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(s_guard);

        Move reply = await client.AskAsync<Move>(peer, new Move("e2", "e4")).WaitAsync(s_guard);
        await client.TellAsync(peer, new Move("d2", "d4")).WaitAsync(s_guard);
        await client.BroadcastAsync(new Move("c2", "c4")).WaitAsync(s_guard);

        Assert.Equal(new Move("e4", "e2"), reply);
        Assert.Equal(new Move("d2", "d4"), await told.Task.WaitAsync(s_guard));
        Assert.Equal(new Move("c2", "c4"), await heard.Task.WaitAsync(s_guard));
    }

    [Theory]
    [MemberData(nameof(BadMoves))]
    public async Task Bytes_that_are_not_a_message_are_penalised(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions(), protocol => protocol
            .UseMessagePack<Move>(0x0101, maxBytes: 4096)
            .OnRequest<Move, Move>((move, _) => move));
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        using NodeEvents events = server.Events();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(s_guard);

        AskException refusal = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Bytes>(peer, new Bytes(bytes)).WaitAsync(s_guard));

        Assert.Equal(AskFailure.PeerError, refusal.Reason);
        Assert.Equal(RequestErrorCode.Malformed, refusal.ErrorCode);
        PeerPenalised penalty = await events.ReadAsync<PeerPenalised>().AsTask().WaitAsync(s_guard);
        Assert.Contains("0101", penalty.Detail, StringComparison.Ordinal);
        byte[] good = MessagePackSerializer.Serialize(new Move("e2", "e4"));
        Assert.Equal(good, (await client.AskAsync<Bytes>(peer, new Bytes(good)).WaitAsync(s_guard)).Value);
    }

    [Fact]
    public async Task An_object_longer_than_allowed_is_refused_where_it_is_sent()
    {
        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions());
        await using P2PNode client = await P2PNode.StartAsync(
            new P2PNodeOptions { Listen = null }, protocol => protocol.UseMessagePack<Move>(0x0101, maxBytes: 100));
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(s_guard);

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => client.TellAsync(peer, new Move(new string('e', 200), "e4")));

        Assert.Contains("allowed: 100", refusal.Message, StringComparison.Ordinal);
    }

    private static Move Nested(int depth)
    {
        Move move = new("e2", "e4");
        for (int i = 0; i < depth; i++)
        {
            move = new Move("e2", "e4", move);
        }

        return move;
    }
}
