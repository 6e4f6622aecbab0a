using ActorP2P.Protocol;

namespace ActorP2P.Tests.Identity;

/// <summary>A program that is asked about the first message of a peer to a service, in virtual time.</summary>
public sealed class ServiceGateTests
{
    private readonly VirtualMesh _mesh = new();
    private readonly List<Candidate> _asked = [];
    private readonly List<string> _handled = [];
    private readonly TaskCompletionSource<Admission> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public void Messages_wait_for_the_answer_and_keep_their_order() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartServerAsync();
        await using P2PNode client = await StartClientAsync();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
        Task<Text> first = client.AskAsync<Text>(peer, new Text("1"));
        Task<Text> second = client.AskAsync<Text>(peer, new Text("2"));
        await client.TellAsync(peer, new Blob([3]));
        await client.TellAsync(peer, new Blob([4]));
        await client.BroadcastAsync(new Text("5"));
        await Task.Delay(TimeSpan.FromSeconds(1), client.Context.TimeProvider);
        Assert.Empty(_handled);
        Assert.True(server.Statistics.HeldBytes > 0);

        _answer.SetResult(Admission.Admit);

        Assert.Equal(("echo 1", "echo 2"), ((await first).Value, (await second).Value));
        await client.AskAsync<Text>(peer, new Text("6"));
        await client.DisconnectAsync(peer);
        Assert.Equal(["request 1", "request 2"], _handled.Where(text => text.Length == 9).Take(2));
        Assert.Equal(["notify 3", "notify 4"], _handled.Where(text => text.StartsWith('n')));
        Assert.Contains("broadcast 5", _handled);
        Candidate asked = Assert.Single(_asked);
        Assert.Equal(
            (AdmissionStage.Service, new ServiceName(0x54, "texts"), client.Id),
            (asked.Stage, asked.Service!.Value, asked.Id!.Value));
        Assert.Equal(0, server.Statistics.HeldBytes);
    });

    [Fact]
    public void A_refusal_holds_for_the_connection() => _mesh.Run(async () =>
    {
        _answer.SetResult(Admission.Refuse("the shop is closed"));
        await using P2PNode server = await StartServerAsync();
        await using P2PNode client = await StartClientAsync();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

        for (int i = 0; i < 3; i++)
        {
            AskException refusal = await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Text>(peer, new Text("hi")));
            Assert.Equal(
                (RequestErrorCode.NotAllowed, "NotAllowed: the shop is closed"), (refusal.ErrorCode, refusal.Detail));
        }

        await client.TellAsync(peer, new Blob([3]));
        await client.BroadcastAsync(new Text("news"));
        await client.DisconnectAsync(peer);

        Assert.Single(_asked);
        Assert.Empty(_handled);
        Assert.Equal(5, server.Statistics.MessagesNotAllowed);
    });

    [Fact]
    public void Other_services_do_not_wait() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartServerAsync();
        await using P2PNode client = await StartClientAsync();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
        Task<Text> waiting = client.AskAsync<Text>(peer, new Text("1"));

        AskException unknown = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Text>(peer, new OtherService()));

        Assert.Equal(RequestErrorCode.NoSuchService, unknown.ErrorCode);
        Assert.False(waiting.IsCompleted);
        _answer.SetResult(Admission.Admit);
        await waiting;
    });

    [Fact]
    public void A_program_that_does_not_answer_refuses() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartServerAsync();
        await using P2PNode client = await StartClientAsync();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

        AskException refusal = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Text>(peer, new Text("1")));

        Assert.Equal(RequestErrorCode.NotAllowed, refusal.ErrorCode);
        Assert.True(client.Context.Now > TimeSpan.FromSeconds(5));
    });

    [Fact]
    public void A_request_that_is_cancelled_while_it_waits_is_not_handled() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartServerAsync();
        await using P2PNode client = await StartClientAsync();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
        await Assert.ThrowsAsync<AskException>(() => client.AskAsync<Text>(
            peer, new Text("1"), new SendOptions { Timeout = TimeSpan.FromSeconds(1) }));
        await Task.Delay(TimeSpan.FromSeconds(1), client.Context.TimeProvider);

        _answer.SetResult(Admission.Admit);

        await client.AskAsync<Text>(peer, new Text("2"));
        Assert.Equal(["request 2"], _handled);
        Assert.Equal(0, server.Statistics.HeldBytes);
    });

    [Fact]
    public void A_connection_that_ends_while_messages_wait_leaves_nothing() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartServerAsync();
        using NodeEvents events = server.Events();
        P2PNode client = await StartClientAsync();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
        for (int i = 0; i < 4; i++)
        {
            await client.TellAsync(peer, new Blob(new byte[100_000]));
        }

        await Task.Delay(TimeSpan.FromMilliseconds(500), client.Context.TimeProvider);
        Assert.True(server.Statistics.HeldBytes >= 200_000);

        await client.DisposeAsync();
        await events.ReadAsync<PeerDisconnected>();
        await Task.Delay(TimeSpan.FromSeconds(1), server.Context.TimeProvider);

        Assert.Equal(0, server.Statistics.HeldBytes);
        Assert.Empty(_handled);
    });

    private Task<P2PNode> StartServerAsync() => _mesh.StartAsync(
        "server",
        protocol => protocol
            .Service(0x54, "texts")
            .OnRequest<Text, Text>((request, _) =>
            {
                _handled.Add($"request {request.Value}");
                return new Text($"echo {request.Value}");
            })
            .OnNotify<Blob>((blob, _) => _handled.Add($"notify {blob.Bytes[0]}"))
            .OnBroadcast<Text>((text, _) =>
            {
                _handled.Add($"broadcast {text.Value}");
                return Verdict.Accept;
            })
            .AdmitToService(0x54, (candidate, _) =>
            {
                _asked.Add(candidate);
                return new ValueTask<Admission>(_answer.Task);
            }),
        change: static options => options with { Encryption = Encryption.Required });

    private Task<P2PNode> StartClientAsync() => _mesh.StartAsync(
        "client",
        static protocol => protocol.Service(0x54, "texts"),
        change: static options => options with { Encryption = Encryption.Required });

    private sealed record OtherService : IMessage<OtherService>
    {
        public static ushort TypeCode => 0x6601;

        public void Write(System.Buffers.IBufferWriter<byte> writer)
        {
        }

        public static bool TryRead(
            ReadOnlySpan<byte> payload, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out OtherService message)
        {
            message = new OtherService();
            return true;
        }
    }
}
