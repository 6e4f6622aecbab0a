using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

public class FrameReaderTests
{
    private static readonly FrameConnectionSettings Settings = new();

    private readonly PooledBuffers _buffers = new();
    private readonly MemoryPair _pair = new();

    public FrameReaderTests() => _pair.Alpha.Start(new IgnoringSink());

    [Fact]
    public void Frames_arrive_whole_wherever_the_stream_is_split()
    {
        byte[] stream = [.. Frames.Encode(0, 0), .. Frames.Encode(5, 1), .. Frames.Encode(20, 2)];
        for (int split = 0; split <= stream.Length; split++)
        {
            var pair = new MemoryPair();
            pair.Alpha.Start(new IgnoringSink());
            var sink = new RecordingSink();
            using var connection = new FrameConnection(pair.Beta, Settings);
            connection.Start(sink);
            foreach (byte[] part in new[] { stream[..split], stream[split..] })
            {
                if (part.Length > 0)
                {
                    pair.Alpha.Send([part]);
                }

                pair.Time.Run();
            }

            sink.Frames.AssertAre(0, 5, 20);
            Assert.Equal(0, _buffers.Missing);
            Assert.Equal(stream.Length, connection.BytesReceived);
            Assert.Equal(3, connection.FramesReceived);
        }
    }

    [Fact]
    public void Frames_arrive_whole_byte_by_byte()
    {
        var sink = new RecordingSink();
        using FrameConnection connection = StartBeta(sink);
        foreach (byte one in (byte[])[.. Frames.Encode(3, 0), .. Frames.Encode(40, 1)])
        {
            Deliver([one]);
        }

        sink.Frames.AssertAre(3, 40);
        Assert.Equal(2, sink.Batches);
    }

    [Fact]
    public void Frames_that_do_not_fit_move_to_another_slab()
    {
        // The seed is fixed, so that a failure can be repeated.
        var random = new Random(7);
        int[] lengths =
            [.. Enumerable.Range(0, 300).Select(_ => random.Next(4) == 0 ? random.Next(65_537) : random.Next(2_000))];
        byte[] stream = [.. lengths.SelectMany((length, id) => Frames.Encode(length, (ulong)id))];
        var sink = new RecordingSink();
        using FrameConnection connection = StartBeta(sink);
        for (int sent = 0; sent < stream.Length;)
        {
            int count = Math.Min(stream.Length - sent, random.Next(1, 150_000));
            Deliver(stream[sent..(sent + count)]);
            sent += count;
        }

        sink.Frames.AssertAre(lengths);
        Assert.Equal(0, _buffers.Missing);
    }

    [Fact]
    public void One_read_of_many_frames_is_one_batch()
    {
        var sink = new RecordingSink();
        using FrameConnection connection = StartBeta(sink);
        Deliver([.. Frames.Encode(1, 0), .. Frames.Encode(2, 1), .. Frames.Encode(3, 2)]);

        Assert.Equal(1, sink.Batches);
        sink.Frames.AssertAre(1, 2, 3);
    }

    [Fact]
    public void A_claimed_length_holds_one_slab_until_its_bytes_come()
    {
        var sink = new RecordingSink();
        using FrameConnection connection = StartBeta(sink);
        Assert.Equal(0, _buffers.Missing);

        byte[] frame = Frames.Encode(65_536, 0);
        Deliver(frame[..FrameHeader.Size]);
        Assert.Equal(1, _buffers.Missing);
        Assert.Empty(sink.Frames);

        Deliver(frame[FrameHeader.Size..]);
        sink.Frames.AssertAre(65_536);
        Assert.Equal(0, _buffers.Missing);
    }

    [Fact]
    public void An_oversized_header_stops_reading_after_earlier_frames()
    {
        var sink = new RecordingSink();
        using FrameConnection connection = StartBeta(sink);
        byte[] claim = new byte[FrameHeader.Size];
        Frames.Header(65_537, 2).Write(claim);
        Deliver([.. Frames.Encode(1, 0), .. Frames.Encode(2, 1), .. claim, .. new byte[500]]);
        Deliver(Frames.Encode(4, 3));

        sink.Frames.AssertAre(1, 2);
        Assert.Equal([Frames.Header(65_537, 2)], sink.Oversized);

        // The network holds the last frame, which is not read; the connection holds nothing.
        Assert.Equal(1, _buffers.Missing);
        Assert.False(sink.Closed.IsCompleted);
    }

    [Fact]
    public void An_oversized_header_alone_makes_a_batch_without_frames()
    {
        var sink = new RecordingSink { Visit = batch => Assert.Equal(0, batch.Count) };
        using FrameConnection connection = StartBeta(sink);
        byte[] claim = new byte[FrameHeader.Size];
        claim.AsSpan().Fill(0xFF);
        Deliver(claim);

        Assert.Equal(uint.MaxValue, Assert.Single(sink.Oversized).Length);
        Assert.Empty(sink.Frames);
    }

    [Fact]
    public void After_an_oversized_header_a_shutdown_discards_all_bytes()
    {
        var sink = new RecordingSink();
        using FrameConnection connection = StartBeta(sink);
        byte[] claim = new byte[FrameHeader.Size];
        Frames.Header(70_000, 0).Write(claim);
        Deliver([.. claim, .. new byte[10_000]]);
        connection.Append(0, 9);
        connection.Shutdown();
        Deliver(new byte[20_000]);
        Assert.False(sink.Closed.IsCompleted);

        // The network holds the frame that the peer does not read; the connection holds nothing.
        Assert.Equal(1, _buffers.Missing);

        _pair.Alpha.ShutdownSend();
        _pair.Time.Run();
        Assert.Equal(TransportFault.EndOfStream, sink.End.Fault);
        Assert.Equal(1, sink.Batches);
    }

    [Fact]
    public void A_retained_slab_is_not_written_again()
    {
        var kept = new List<(SharedBuffer Slab, ReadOnlyMemory<byte> Payload, ulong Id)>();
        var sink = new RecordingSink
        {
            Visit = batch =>
            {
                while (batch.TryRead(out Frame frame))
                {
                    kept.Add((batch.Slab.Retain(), frame.Payload, frame.Header.Id));
                }
            },
        };
        using FrameConnection connection = StartBeta(sink);
        byte[] stream = [.. Enumerable.Range(0, 200).SelectMany(id => Frames.Encode(1_500, (ulong)id))];
        foreach (byte[] part in stream.Chunk(7_001))
        {
            Deliver(part);
        }

        Assert.Equal(200, kept.Count);
        foreach ((SharedBuffer slab, ReadOnlyMemory<byte> payload, ulong id) in kept)
        {
            Assert.Equal(Frames.Payload(1_500, id), payload.ToArray());
            slab.Release();
        }
    }

    [Fact]
    public void Reading_pauses_until_enough_batches_are_released()
    {
        var sink = new RecordingSink { HoldsBatches = true };
        using FrameConnection connection = StartBeta(sink);
        for (ulong id = 0; id < 5; id++)
        {
            Deliver(Frames.Encode(10, id));
        }

        Assert.Equal(2, sink.Batches);
        Assert.Equal(2 * 26, connection.BytesReceived);

        sink.ReleaseHeld();
        Assert.Equal(2, sink.Batches);
        _pair.Time.Run();
        Assert.Equal(3, sink.Batches);

        sink.ReleaseHeld();
        _pair.Time.Run();
        sink.Frames.AssertAre(10, 10, 10, 10, 10);
    }

    [Fact]
    public void A_stream_that_ends_within_a_frame_is_reported()
    {
        var sink = new RecordingSink();
        using FrameConnection connection = StartBeta(sink);
        Deliver([.. Frames.Encode(4, 0), .. Frames.Encode(9, 1)[..^1]]);
        _pair.Alpha.ShutdownSend();
        _pair.Time.Run();

        Assert.Equal(TransportFault.EndOfStream, sink.End.Fault);
        Assert.Contains("within a frame", sink.End.Detail, StringComparison.Ordinal);
        sink.Frames.AssertAre(4);
        Assert.Equal(0, _buffers.Missing);
    }

    [Fact]
    public void A_batch_is_released_once_and_not_read_after()
    {
        var sink = new RecordingSink { HoldsBatches = true };
        using FrameConnection connection = StartBeta(sink);
        Deliver(Frames.Encode(4, 0));
        FrameBatch batch = Assert.Single(sink.Held);
        Assert.Equal(20, batch.Bytes);
        batch.Release();

        Assert.Throws<InvalidOperationException>(batch.Release);
        Assert.Throws<InvalidOperationException>(() => batch.TryRead(out _));
        Assert.Throws<InvalidOperationException>(() => batch.Slab);
    }

    private FrameConnection StartBeta(RecordingSink sink)
    {
        var connection = new FrameConnection(_pair.Beta, Settings);
        connection.Start(sink);
        _pair.Time.Run();
        return connection;
    }

    private void Deliver(byte[] bytes)
    {
        Assert.False(_pair.Alpha.Send([bytes]).IsPending);
        _pair.Time.Run();
    }
}
