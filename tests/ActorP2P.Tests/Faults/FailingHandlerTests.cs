using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Faults;

/// <summary>Faults of the application's handlers and readers are reported where they happen.</summary>
public sealed class FailingHandlerTests
{
    [Theory]
    [InlineData("queued")]
    [InlineData("inline")]
    [InlineData("asynchronous")]
    [InlineData("awaited")]
    public void A_handler_that_returns_null_fails_typed_and_is_reported(string how) => Run(
        (protocol, mesh) => _ = how switch
        {
            "asynchronous" => protocol.OnRequest<Text, Text>((_, _) => ValueTask.FromResult<Text>(null!)),
            "awaited" => protocol.OnRequest<Text, Text>(async (_, _) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
                return null!;
            }),
            _ => protocol.OnRequest<Text, Text>(
                Text (_, _) => null!, how == "inline" ? HandlerExecution.Inline : HandlerExecution.Queued),
        },
        async (mesh, client, server, peer, log) =>
        {
            using NodeEvents events = server.Events();

            AskException failure = await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Text>(peer, new Text("?")));

            Assert.Equal((AskFailure.PeerError, RequestErrorCode.HandlerFailed), (failure.Reason, failure.ErrorCode));
            HandlerFailed failed = await events.ReadAsync<HandlerFailed>();
            Assert.Equal(Text.TypeCode, failed.MessageType);
            Assert.Contains("null", failed.Exception.Message, StringComparison.Ordinal);
            Assert.Contains(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal)
                && line.Contains("null", StringComparison.Ordinal));
        });

    [Theory]
    [InlineData("request")]
    [InlineData("notify")]
    [InlineData("inline notify")]
    [InlineData("raw notify")]
    [InlineData("broadcast")]
    [InlineData("no verdict")]
    public void A_handler_that_fails_is_an_event(string kind) => Run(
        (protocol, mesh) => _ = kind switch
        {
            "request" => protocol.OnRequest<Text, Text>(Text (_, _) => throw new InvalidOperationException("a fault")),
            "notify" => protocol.OnNotify<Text>((_, _) => throw new InvalidOperationException("a fault")),
            "inline notify" => protocol.OnNotify<Text>(
                (_, _) => throw new InvalidOperationException("a fault"), HandlerExecution.Inline),
            "raw notify" => protocol.OnNotify(Text.TypeCode, (_, _) => throw new InvalidOperationException("a fault")),
            "broadcast" => protocol.OnBroadcast<Text>(Verdict (_, _) => throw new InvalidOperationException("a fault")),
            _ => protocol.OnBroadcast<Text>((_, _) => (Verdict)99),
        },
        async (mesh, client, server, peer, log) =>
        {
            using NodeEvents events = server.Events();

            Task sent = kind switch
            {
                "request" => client.AskAsync<Text>(peer, new Text("?")),
                "broadcast" or "no verdict" => client.BroadcastAsync(new Text("!")),
                _ => client.TellAsync(peer, new Text("!")),
            };
            await RestartTests.EndsAsync(sent);

            HandlerFailed failed = await events.ReadAsync<HandlerFailed>();
            Assert.Equal(Text.TypeCode, failed.MessageType);
            Assert.IsType<InvalidOperationException>(failed.Exception);
            Assert.Single(server.Peers);
        });

    [Fact]
    public void A_failure_is_seen_in_the_systems_log_when_no_logger_is_set()
    {
        VirtualMesh mesh = new() { Logs = null };
        mesh.Run(async () =>
        {
            TaskCompletionSource<object> seen = new();
            await using P2PNode server = await mesh.StartAsync("server", protocol => protocol.OnRequest<Text, Text>(
                Text (_, _) => throw new InvalidOperationException("a fault")));
            server.ActorSystem.ActorOf(Akka.Actor.Props.Create(() => new LogListener(seen)));
            await using P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

            await Assert.ThrowsAsync<AskException>(() => client.AskAsync<Text>(peer, new Text("?")));

            Akka.Event.Error error = Assert.IsType<Akka.Event.Error>(await seen.Task);
            Assert.Equal("a fault", error.Cause.Message);
        });
    }

    [Fact]
    public void A_logger_that_throws_changes_nothing()
    {
        VirtualMesh mesh = new() { Logs = new ThrowingLogger() };
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", protocol => protocol.OnRequest<Text, Text>(
                (request, _) => request.Value == "fail" ? throw new InvalidOperationException("a fault") : request));
            await using P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

            await Assert.ThrowsAsync<AskException>(() => client.AskAsync<Text>(peer, new Text("fail")));

            Assert.Equal("x", (await client.AskAsync<Text>(peer, new Text("x"))).Value);
        });
    }

    [Theory]
    [InlineData(Mishap.Throw)]
    [InlineData(Mishap.ReadPastEnd)]
    public void A_request_whose_reader_fails_is_malformed(Mishap mishap) => Run(
        (protocol, _) => protocol
            .OnRequest<Unreadable, Text>((_, _) => new Text("handled"))
            .OnRequest<Text, Text>((request, _) => request),
        async (mesh, client, server, peer, log) =>
        {
            AskException failure = await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Text>(peer, new Unreadable(mishap)));

            Assert.Equal(RequestErrorCode.Malformed, failure.ErrorCode);
            Assert.Equal("x", (await client.AskAsync<Text>(peer, new Text("x"))).Value);
        });

    [Theory]
    [InlineData(Mishap.Throw)]
    [InlineData(Mishap.ReadPastEnd)]
    public void A_reply_whose_reader_fails_is_malformed(Mishap mishap) => Run(
        (protocol, _) => protocol
            .OnRequest<Text, Unreadable>((_, _) => new Unreadable(mishap))
            .OnRequest<Blob, Blob>((request, _) => request),
        async (mesh, client, server, peer, log) =>
        {
            AskException failure = await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Unreadable>(peer, new Text("?")));

            Assert.Equal(AskFailure.Malformed, failure.Reason);
            Assert.Equal([1], (await client.AskAsync<Blob>(peer, new Blob([1]))).Bytes);
        });

    private static void Run(
        Action<ProtocolBuilder, VirtualMesh> protocol,
        Func<VirtualMesh, P2PNode, P2PNode, Peer, LogRecorder, Task> scenario)
    {
        LogRecorder log = new();
        VirtualMesh mesh = new() { Logs = log };
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", builder => protocol(builder, mesh));
            await using P2PNode client = await mesh.StartAsync("client");
            await scenario(mesh, client, server, await client.ConnectAsync(server.ListenAddresses[0]), log);
        });
    }
}
