using ActorP2P.TestKit;

namespace ActorP2P.Tests.Streams;

/// <summary>Streams between two nodes in virtual time.</summary>
public sealed class StreamScenarioTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(3_000_000)]
    public void A_handler_sends_and_the_opener_reads_to_the_end(int count)
    {
        byte[]? read = null;
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(StreamBytes.SendAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(count));
            read = await stream.ReadAllAsync();
            Assert.Equal(count, stream.BytesRead);
            Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        });

        Assert.Equal(StreamBytes.Of(count), read);
    }

    [Fact]
    public void Both_sides_write_at_the_same_time()
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(StreamBytes.EchoAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0));
            Task<byte[]> reading = stream.ReadAllAsync();
            for (int i = 1; i <= 20; i++)
            {
                await stream.WriteAsync(StreamBytes.Of(i * 10_000));
            }

            await stream.CompleteWritingAsync();
            Assert.Equal(Enumerable.Range(1, 20).SelectMany(i => StreamBytes.Of(i * 10_000)), await reading);
            Assert.Equal(2_100_000, stream.BytesWritten);
        });
    }

    [Fact]
    public void The_other_side_may_open_streams_too()
    {
        Cluster.Of(["server", "client"]).Unlinked()
            .Where("client", protocol => protocol.OnStream<GetBytes>(StreamBytes.SendAsync)).Run(async cluster =>
        {
            (_, P2PNode server, _) = await ClientAndServer.ConnectAsync(cluster);
            await cluster.Delay(TimeSpan.FromSeconds(1));
            await using PeerStream stream = await server.OpenStreamAsync(server.Peers.Single(), new GetBytes(100_000));
            Assert.Equal(StreamBytes.Of(100_000), await stream.ReadAllAsync());
        });
    }

    [Fact]
    public void A_stream_is_read_and_written_through_pipes()
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(StreamBytes.EchoAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0));
            await stream.Output.WriteAsync(StreamBytes.Of(100_000));
            await stream.CompleteWritingAsync();
            System.IO.Pipelines.ReadResult result = await stream.Input.ReadAtLeastAsync(100_000);
            Assert.Equal(100_000, result.Buffer.Length);
            stream.Input.AdvanceTo(result.Buffer.End);
            Assert.True((await stream.Input.ReadAsync()).IsCompleted);
        });
    }

    [Fact]
    public void The_base_librarys_helpers_stay_in_the_simulation()
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(StreamBytes.SendAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(1_000_000));
            int thread = Environment.CurrentManagedThreadId;
            byte[] first = new byte[300_000];
            await stream.ReadExactlyAsync(first);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            using MemoryStream rest = new();
            await stream.CopyToAsync(rest);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            Assert.Equal(StreamBytes.Of(1_000_000), first.Concat(rest.ToArray()));
        });
    }

    [Fact]
    public void A_slow_reader_holds_its_writer_and_nothing_else()
    {
        ClientAndServer.Of(protocol => protocol
            .OnStream<GetBytes>(StreamBytes.SendAsync)
            .OnRequest<Text, Text>((request, _) => request)).Run(async cluster =>
        {
            (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream slow = await client.OpenStreamAsync(peer, new GetBytes(5_000_000));
            await cluster.Delay(TimeSpan.FromMinutes(2));
            Assert.InRange(server.Statistics.HeldBytes + client.Statistics.HeldBytes, 64 * 1024, 512 * 1024);

            await client.AskAsync<Text>(peer, new Text("?"));
            await using PeerStream fast = await client.OpenStreamAsync(peer, new GetBytes(2_000_000));
            Assert.Equal(2_000_000, (await fast.ReadAllAsync()).Length);
            Assert.Equal(StreamBytes.Of(5_000_000), await slow.ReadAllAsync());
        });
    }

    [Fact]
    public void An_exception_of_the_handler_resets_the_stream()
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(
            (request, _, _) => throw (request.Count == 0
                ? new InvalidOperationException("broken") : new RequestRefusedException(0x105, "no such file"))))
            .Run(async cluster =>
        {
            (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            using NodeEvents events = server.Events();
            await using PeerStream failed = await client.OpenStreamAsync(peer, new GetBytes(0));
            PeerStreamException failure = await StreamBytes.FailureAsync(() => failed.ReadAllAsync());
            Assert.Equal(StreamFailure.PeerError, failure.Reason);
            Assert.Equal(RequestErrorCode.HandlerFailed, failure.ErrorCode);
            Assert.Equal("broken", (await events.ReadAsync<HandlerFailed>()).Exception.Message);

            await using PeerStream refused = await client.OpenStreamAsync(peer, new GetBytes(1));
            failure = await StreamBytes.FailureAsync(() => refused.ReadAllAsync());
            Assert.Equal((RequestErrorCode)0x105, failure.ErrorCode);
            Assert.Contains("no such file", failure.Detail, StringComparison.Ordinal);
            failure = await StreamBytes.FailureAsync(() => refused.WriteAsync(new byte[1]).AsTask());
            Assert.Equal((RequestErrorCode)0x105, failure.ErrorCode);
        });
    }

    [Fact]
    public void A_stream_without_a_handler_is_refused()
    {
        ClientAndServer.Of(protocol => protocol.OnRequest<Text, Text>((request, _) => request)).Run(async cluster =>
        {
            (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0));
            PeerStreamException failure = await StreamBytes.FailureAsync(() => stream.ReadAllAsync());
            Assert.Equal(RequestErrorCode.NoSuchService, failure.ErrorCode);

            await using PeerStream back = await server.OpenStreamAsync(server.Peers.Single(), new GetBytes(0));
            failure = await StreamBytes.FailureAsync(() => back.ReadAllAsync());
            Assert.Equal(RequestErrorCode.NoSuchService, failure.ErrorCode);
        });
    }

    [Fact]
    public void An_abort_of_the_opener_cancels_the_handler()
    {
        bool isCancelled = false;
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(async (request, stream, context) =>
        {
            try
            {
                await StreamBytes.WaitAsync(request, stream, context);
            }
            catch (OperationCanceledException)
            {
                isCancelled = true;
                Assert.Equal(
                    (RequestErrorCode)0x123, (await StreamBytes.FailureAsync(() => stream.ReadAllAsync())).ErrorCode);
                throw;
            }
        })).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0));
            Task<byte[]> reading = stream.ReadAllAsync();
            await cluster.Delay(TimeSpan.FromSeconds(1));
            stream.Abort(0x123, "enough");
            Assert.Equal(StreamFailure.Aborted, (await StreamBytes.FailureAsync(() => reading)).Reason);
            await cluster.Delay(TimeSpan.FromSeconds(1));
        });

        Assert.True(isCancelled);
    }

    [Fact]
    public void A_writing_that_is_disposed_in_between_is_no_end()
    {
        PeerStreamException? seen = null;
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(async (_, stream, _) =>
            seen = await StreamBytes.FailureAsync(() => stream.ReadAllAsync()))).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using (PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0)))
            {
                await stream.WriteAsync(new byte[10]);
            }

            await cluster.Delay(TimeSpan.FromSeconds(1));
        });

        Assert.Equal(RequestErrorCode.Unwanted, seen!.ErrorCode);
    }

    [Fact]
    public void A_sender_whose_bytes_nobody_wants_is_told()
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>((_, _, _) => ValueTask.CompletedTask))
            .Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0));
            PeerStreamException failure = await StreamBytes.FailureAsync(async () =>
            {
                while (true)
                {
                    await stream.WriteAsync(new byte[100_000]);
                }
            });
            Assert.Equal(RequestErrorCode.Unwanted, failure.ErrorCode);
            Assert.Empty(await stream.ReadAllAsync());
        });
    }

    [Fact]
    public void A_stream_ends_typed_with_its_connection()
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(async (request, stream, context) =>
        {
            await stream.WriteAsync(new byte[100]);
            await StreamBytes.WaitAsync(request, stream, context);
        })).Run(async cluster =>
        {
            (P2PNode client, P2PNode server, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0));
            await cluster.Delay(TimeSpan.FromSeconds(1));
            Task disposal = server.DisposeAsync().AsTask();
            await cluster.Delay(TimeSpan.FromSeconds(1));

            // What had arrived can still be read.
            Assert.Equal(100, await stream.ReadAsync(new byte[1000]));
            PeerStreamException failure = await StreamBytes.FailureAsync(() => stream.ReadAsync(new byte[1]).AsTask());
            Assert.Equal(StreamFailure.Disconnected, failure.Reason);
            Assert.Equal(DisconnectReason.ShuttingDown, failure.End!.Reason);
            failure = await StreamBytes.FailureAsync(() => stream.WriteAsync(new byte[1]).AsTask());
            Assert.Equal(StreamFailure.Disconnected, failure.Reason);
            failure = await StreamBytes.FailureAsync(() => client.OpenStreamAsync(peer, new GetBytes(0)));
            Assert.Equal(StreamFailure.NotConnected, failure.Reason);
            await disposal;
        });
    }

    [Fact]
    public void What_was_written_and_completed_arrives_before_a_goodbye()
    {
        byte[]? read = null;
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(async (_, stream, _) =>
            read = await stream.ReadAllAsync())).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0));
            await stream.WriteAsync(StreamBytes.Of(200_000));
            Task completed = stream.CompleteWritingAsync();
            await client.DisconnectAsync(peer);
            await completed;
            await cluster.Delay(TimeSpan.FromSeconds(1));
        });

        Assert.Equal(StreamBytes.Of(200_000), read);
    }

    [Fact]
    public void The_bound_of_open_streams_is_typed_and_frees_itself()
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(StreamBytes.EchoAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            List<PeerStream> streams = [];
            for (int i = 0; i < 64; i++)
            {
                streams.Add(await client.OpenStreamAsync(peer, new GetBytes(0)));
            }

            PeerStreamException failure =
                await StreamBytes.FailureAsync(() => client.OpenStreamAsync(peer, new GetBytes(0)));
            Assert.Equal(StreamFailure.TooManyStreams, failure.Reason);

            // Left without a word, they end when they are disposed.
            foreach (PeerStream stream in streams)
            {
                await stream.DisposeAsync();
            }

            await cluster.Delay(TimeSpan.FromSeconds(1));
            await using PeerStream next = await client.OpenStreamAsync(peer, new GetBytes(0));
            await next.CompleteWritingAsync();
            Assert.Empty(await next.ReadAllAsync());
        });
    }

    [Fact]
    public void Streams_do_not_use_up_the_handlers_of_requests()
    {
        ClientAndServer.Of(protocol => protocol
            .OnStream<GetBytes>(StreamBytes.WaitAsync)
            .OnRequest<Text, Text>((request, _) => ValueTask.FromResult(request))).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            for (int i = 0; i < 64; i++)
            {
                await client.OpenStreamAsync(peer, new GetBytes(0));
            }

            Assert.Equal("?", (await client.AskAsync<Text>(peer, new Text("?"))).Value);
        });
    }
}
