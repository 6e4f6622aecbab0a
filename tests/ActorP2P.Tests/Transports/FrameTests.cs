using ActorP2P.Protocol;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Transports;

[Collection(SocketsCollection.Name)]
public sealed class FrameTests : TransportTest
{
    private static readonly FrameConnectionSettings Settings = new();

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Ten_thousand_mixed_frames_come_back_from_an_echo_in_order(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        await EchoRun.AssertEchoesAsync(pair.Dialled, pair.Accepted, 10_000);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_mebibyte_by_reference_arrives_and_is_released(TransportKind kind)
    {
        const int Length = 1 << 20;
        var settings = new FrameConnectionSettings { MaxPayloadBytes = Length };
        using TransportPair pair = await ConnectAsync(kind);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new RecordingSink { Counted = _ => arrived.SetResult() };
        var sender = new RecordingSink();
        using var ours = new FrameConnection(pair.Dialled, settings);
        using var theirs = new FrameConnection(pair.Accepted, settings);
        ours.Start(sender);
        theirs.Start(sink);
        SharedBuffer owner = SharedBuffer.Rent(Length);
        Frames.Payload(Length, 0).CopyTo(owner.Array, 0);
        ours.Append(Frames.Header(Length, 0), default, owner.Array.AsMemory(0, Length), owner);
        ours.Shutdown();
        owner.Release();
        await arrived.Task.WaitAsync(Waits.Guard);
        theirs.Shutdown();
        await Task.WhenAll(sender.Closed, sink.Closed).WaitAsync(Waits.Guard);

        sink.Frames.AssertAre(Length);
        Assert.Equal(TransportFault.EndOfStream, sender.End.Fault);
        Assert.Equal(TransportFault.EndOfStream, sink.End.Fault);
        Assert.Throws<ObjectDisposedException>(() => owner.Array);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_reset_within_a_frame_closes_once_after_whole_frames(TransportKind kind)
    {
        PooledBuffers buffers = new();
        using TransportPair pair = await ConnectAsync(kind);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new RecordingSink { Counted = _ => first.SetResult() };
        using var connection = new FrameConnection(pair.Accepted, Settings);
        connection.Start(sink);
        pair.Dialled.Start(new IgnoringSink());
        pair.Dialled.Send([(byte[])[.. Frames.Encode(10, 0), .. Frames.Encode(1_000, 1)[..600]]]);
        await first.Task.WaitAsync(Waits.Guard);
        pair.Dialled.Abort();

        Assert.Equal(TransportFault.Reset, (await sink.Closed.WaitAsync(Waits.Guard)).Fault);
        sink.Frames.AssertAre(10);
        await UntilAsync(() => buffers.Missing == 0);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_quiet_connection_holds_no_buffer(TransportKind kind)
    {
        PooledBuffers buffers = new();
        using TransportPair pair = await ConnectAsync(kind);
        using var echo = new FrameConnection(pair.Accepted, Settings);
        using var client = new FrameConnection(pair.Dialled, Settings);
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new RecordingSink { Counted = _ => back.SetResult() };
        var echoSink = new EchoSink(echo);
        echo.Start(echoSink);
        client.Start(sink);
        client.Append(100, 0);
        client.Flush();
        await back.Task.WaitAsync(Waits.Guard);

        // The echo has flushed, which sends a small frame at once, before the answer could be here.
        await UntilAsync(() => buffers.Missing == 0);
        echoSink.Abort();
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task An_abort_releases_a_send_that_the_peer_does_not_read(TransportKind kind)
    {
        PooledBuffers buffers = new();
        using TransportPair pair = await ConnectAsync(kind);
        var sink = new RecordingSink();
        using var connection = new FrameConnection(pair.Dialled, Settings);
        connection.Start(sink);
        SharedBuffer owner = SharedBuffer.Rent(200_000);
        while (connection.HasRoom)
        {
            connection.Append(Frames.Header(60_000, 0), default, owner.Array.AsMemory(0, 60_000), owner);
            connection.Flush();
        }

        Assert.True(connection.BufferedBytes > 0);
        connection.Abort();
        Assert.Equal(TransportFault.Aborted, (await sink.Closed.WaitAsync(Waits.Guard)).Fault);
        await UntilAsync(() => buffers.Missing == 0);
        owner.Release();
        Assert.Throws<ObjectDisposedException>(() => owner.Array);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Connections_aborted_at_any_moment_close_once_at_both_ends(TransportKind kind)
    {
        PooledBuffers buffers = new();
        for (int round = 0; round < 100; round++)
        {
            using TransportPair pair = await ConnectAsync(kind);
            using var echo = new FrameConnection(pair.Accepted, Settings);
            using var client = new FrameConnection(pair.Dialled, Settings);
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            int enough = round * 3;
            var sink = new RecordingSink
            {
                Counted = count =>
                {
                    if (count == enough)
                    {
                        reached.SetResult();
                    }
                },
            };
            var echoSink = new EchoSink(echo);
            echo.Start(echoSink);
            client.Start(sink);
            for (ulong id = 0; id < 400 && client.HasRoom; id++)
            {
                client.Append((int)(id * 7 % 300), id);
                client.Flush();
            }

            if (enough > 0 && enough <= client.FramesSent)
            {
                await reached.Task.WaitAsync(Waits.Guard);
            }

            if (round % 2 == 0)
            {
                client.Abort();
            }
            else
            {
                echoSink.Abort();
            }

            await sink.Closed.WaitAsync(Waits.Guard);
            await echoSink.Closed.WaitAsync(Waits.Guard);
            await UntilAsync(() => buffers.Missing == 0);
        }
    }
}
