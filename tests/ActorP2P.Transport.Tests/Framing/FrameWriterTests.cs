using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

public class FrameWriterTests
{
    // This is more than the window of a memory connection, so that sends to a peer that does not read stay pending.
    private const int Stuck = 5;

    private readonly PooledBuffers _buffers = new();
    private readonly MemoryPair _pair = new();
    private readonly RecordingSink _sender = new();
    private readonly RecordingSink _receiver = new();
    private readonly SendCounter _wire;
    private readonly FrameConnection _alpha;
    private readonly FrameConnection _beta;

    public FrameWriterTests()
    {
        _wire = new SendCounter(_pair.Alpha);
        _alpha = new FrameConnection(_wire, new FrameConnectionSettings());
        _beta = new FrameConnection(_pair.Beta, new FrameConnectionSettings());
        _alpha.Start(_sender);
    }

    [Fact]
    public void Frames_copied_and_by_reference_arrive_in_the_order_appended()
    {
        _beta.Start(_receiver);
        int[] lengths = [0, 10, 9_000, 8_192, 8_191, 1, 20_000, 5];
        for (int id = 0; id < lengths.Length; id++)
        {
            // A third of the payload is sent as prefix.
            byte[] payload = Frames.Payload(lengths[id], (ulong)id);
            int prefix = lengths[id] < 8_192 ? lengths[id] / 3 : 0;
            SharedBuffer owner = SharedBuffer.Rent(payload.Length + 3);
            payload.AsSpan(prefix).CopyTo(owner.Array.AsSpan(3));
            _alpha.Append(
                Frames.Header(lengths[id], (ulong)id), payload.AsSpan(0, prefix),
                owner.Array.AsMemory(3, lengths[id] - prefix), owner);
            owner.Release();
        }

        _alpha.Flush();
        _pair.Time.Run();
        _receiver.Frames.AssertAre(lengths);
        Assert.Equal(lengths.Length, _alpha.FramesSent);
        Assert.Equal(_beta.BytesReceived, _alpha.BytesSent);
        Assert.Equal(0, _alpha.BufferedBytes);
        Assert.Equal(0, _buffers.Missing);
    }

    [Fact]
    public void Nothing_is_sent_before_the_flush()
    {
        _beta.Start(_receiver);
        _alpha.Append(10, 0);
        _pair.Time.Run();
        Assert.Equal(0, _receiver.Batches);
        Assert.Equal(26, _alpha.BufferedBytes);

        _alpha.Flush();
        _pair.Time.Run();
        _receiver.Frames.AssertAre(10);
    }

    [Fact]
    public void A_full_buffer_takes_no_frame_until_it_is_sent()
    {
        _beta.Start(_receiver);
        int[] lengths = [.. Enumerable.Repeat(60_000, 2)];
        _alpha.Append(60_000, 0);
        Assert.True(_alpha.HasRoom);
        _alpha.Append(60_000, 1);
        Assert.False(_alpha.HasRoom);
        Assert.Throws<InvalidOperationException>(() => _alpha.Append(1, 2));

        _alpha.Flush();
        Assert.Equal(0, _sender.Rooms);
        _pair.Time.Run();
        Assert.Equal(1, _sender.Rooms);
        Assert.True(_alpha.HasRoom);
        _receiver.Frames.AssertAre(lengths);
    }

    [Fact]
    public void A_peer_that_does_not_read_fills_the_room_until_it_reads()
    {
        StickSending();
        while (_alpha.HasRoom)
        {
            _alpha.Append(60_000, Stuck);
        }

        _alpha.Flush();
        _pair.Time.Run();
        Assert.False(_alpha.HasRoom);
        int rooms = _sender.Rooms;

        _beta.Start(_receiver);
        _pair.Time.Run();
        Assert.True(_sender.Rooms > rooms);
        Assert.True(_alpha.HasRoom);
        Assert.Equal(_alpha.FramesSent, _beta.FramesReceived);
    }

    [Fact]
    public void Frames_flushed_during_a_send_follow_in_order()
    {
        StickSending();
        for (int id = Stuck; id < Stuck + 100; id++)
        {
            _alpha.Append(7, (ulong)id);
            _alpha.Flush();
        }

        // A hundred flushes are one run in one piece: few buffers are in use, and few sends are needed.
        Assert.InRange(_buffers.Missing, 2, 12);
        int sends = _wire.Sends;
        _beta.Start(_receiver);
        _pair.Time.Run();
        Assert.InRange(_wire.Sends - sends, 1, 4);
        _receiver.Frames.AssertAre([.. Enumerable.Repeat(60_000, Stuck), .. Enumerable.Repeat(7, 100)]);
        Assert.Equal(0, _buffers.Missing);
    }

    [Fact]
    public void The_owner_of_a_referenced_payload_is_held_until_it_is_sent()
    {
        StickSending();
        SharedBuffer owner = SharedBuffer.Rent(200_000);
        Frames.Payload(30_000, Stuck).CopyTo(owner.Array, 0);
        _alpha.Append(Frames.Header(30_000, Stuck), default, owner.Array.AsMemory(0, 30_000), owner);
        _alpha.Flush();
        owner.Release();
        Assert.Equal(30_000, owner.Array.AsSpan(0, 30_000).Length);

        _beta.Start(_receiver);
        _pair.Time.Run();
        Assert.Equal(Frames.Payload(30_000, Stuck), _receiver.Frames[Stuck].Payload);
        Assert.Throws<ObjectDisposedException>(() => owner.Array);
    }

    [Fact]
    public void An_abort_releases_every_buffer()
    {
        var pair = new MemoryPair();
        var sink = new RecordingSink();
        using var connection = new FrameConnection(pair.Alpha,
            new FrameConnectionSettings { WriteBufferBytes = 1 << 20 });
        connection.Start(sink);
        SharedBuffer flushed = SharedBuffer.Rent(200_000);
        SharedBuffer appended = SharedBuffer.Rent(200_000);
        for (ulong id = 0; id < 16; id++)
        {
            SharedBuffer owner = id < 15 ? flushed : appended;
            connection.Append(Frames.Header(30_000, id), default, owner.Array.AsMemory(0, 30_000), owner);
            if (id == 14)
            {
                connection.Flush();
            }
        }

        Assert.True(_buffers.Missing > 0);
        connection.Abort();
        pair.Time.Run();
        Assert.Equal(TransportFault.Aborted, sink.End.Fault);

        // The other end holds the bytes that it has not read.
        pair.Beta.Dispose();
        Assert.Equal(0, _buffers.Missing);
        flushed.Release();
        appended.Release();
        Assert.Throws<ObjectDisposedException>(() => flushed.Array);
        Assert.Throws<ObjectDisposedException>(() => appended.Array);
    }

    [Fact]
    public void A_shutdown_ends_the_stream_after_all_appended_frames()
    {
        StickSending();
        _alpha.Append(3, Stuck);
        _alpha.Shutdown();
        Assert.Throws<InvalidOperationException>(() => _alpha.Append(3, Stuck + 1));

        _beta.Start(_receiver);
        _pair.Time.Run();
        _receiver.Frames.AssertAre([.. Enumerable.Repeat(60_000, Stuck), 3]);
        Assert.Equal(TransportFault.EndOfStream, _receiver.End.Fault);
        Assert.Equal(TransportFault.EndOfStream, _sender.End.Fault);
    }

    [Fact]
    public void A_frame_with_a_wrong_length_is_refused()
    {
        Assert.Throws<ArgumentException>(() => _alpha.Append(Frames.Header(5, 0), new byte[4]));
        Assert.Throws<ArgumentException>(() => _alpha.Append(Frames.Header(65_537, 0), new byte[65_537]));
        SharedBuffer owner = SharedBuffer.Rent(10_000);
        Assert.Throws<ArgumentException>(
            () => _alpha.Append(Frames.Header(9_000, 0), default, new byte[9_000], owner));
        owner.Release();
        Assert.Equal(0, _alpha.BufferedBytes);
    }

    // Sends frames of 60,000 bytes, ids from 0, to a peer that does not read, until a send is pending.
    private void StickSending()
    {
        for (ulong id = 0; id < Stuck; id++)
        {
            Assert.True(_alpha.HasRoom);
            _alpha.Append(60_000, id);
            _alpha.Flush();
        }

        _pair.Time.Run();
        Assert.True(_alpha.BufferedBytes > 0);
    }
}
