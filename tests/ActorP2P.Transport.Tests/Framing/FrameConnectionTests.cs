namespace ActorP2P.Transport.Tests;

public class FrameConnectionTests
{
    private readonly PooledBuffers _buffers = new();
    private readonly MemoryPair _pair = new(TimeSpan.FromMilliseconds(1));
    private readonly FrameConnection _alpha;
    private readonly FrameConnection _beta;

    public FrameConnectionTests()
    {
        _alpha = new FrameConnection(_pair.Alpha, new FrameConnectionSettings());
        _beta = new FrameConnection(_pair.Beta, new FrameConnectionSettings());
    }

    [Fact]
    public void The_owner_is_never_called_from_within_its_own_call()
    {
        var calls = new List<string>();
        var sink =
            new RecordingSink { Visit = _ => calls.Add("frames"), Room = () => calls.Add("room"), HoldsBatches = true };
        var peer = new RecordingSink();
        _beta.Start(peer);
        _pair.Time.Advance(TimeSpan.FromSeconds(1));
        _beta.Append(1, 0);
        _beta.Flush();
        _pair.Time.Advance(TimeSpan.FromSeconds(1));

        _alpha.Start(sink);
        Assert.Empty(calls);
        _pair.Time.Run();
        Assert.Equal(["frames"], calls);
        sink.ReleaseHeld();
        _alpha.Append(60_000, 0);
        _alpha.Append(60_000, 1);
        Assert.False(_alpha.HasRoom);
        _alpha.Flush();
        Assert.Equal(["frames"], calls);
        _pair.Time.Run();
        Assert.Equal(["frames", "room"], calls);
        _alpha.Abort();
        Assert.False(sink.Closed.IsCompleted);
        _pair.Time.Run();
        Assert.Equal(TransportFault.Aborted, sink.End.Fault);
    }

    [Fact]
    public void An_abort_reaches_the_peer_as_a_reset_after_sent_bytes()
    {
        (RecordingSink ours, RecordingSink theirs) = StartBoth();
        _alpha.Append(5, 0);
        _alpha.Flush();
        _alpha.Abort();
        _alpha.Abort();
        Settle();

        Assert.Equal(TransportFault.Aborted, ours.End.Fault);
        Assert.Equal(TransportFault.Reset, theirs.End.Fault);
        theirs.Frames.AssertAre(5);
    }

    [Fact]
    public void Both_ends_close_in_good_order_when_both_shut_down()
    {
        (RecordingSink ours, RecordingSink theirs) = StartBoth();
        _alpha.Append(5, 0);
        _alpha.Shutdown();
        _beta.Append(6, 0);
        _beta.Shutdown();
        Settle();

        Assert.Equal(TransportFault.EndOfStream, ours.End.Fault);
        Assert.Equal(TransportFault.EndOfStream, theirs.End.Fault);
        ours.Frames.AssertAre(6);
        theirs.Frames.AssertAre(5);
    }

    [Fact]
    public void Flushed_bytes_are_sent_before_the_close()
    {
        var ours = new RecordingSink();
        _alpha.Start(ours);
        var theirs = new RecordingSink { HoldsBatches = true };
        _beta.Start(theirs);
        int count = 0;
        for (; _alpha.HasRoom; count++)
        {
            _alpha.Append(60_000, (ulong)count);
            _alpha.Flush();
            Settle();
        }

        _beta.Shutdown();
        Settle();
        Assert.False(ours.Closed.IsCompleted);

        while (theirs.Held.Count > 0)
        {
            theirs.ReleaseHeld();
            Settle();
        }

        theirs.Frames.AssertAre([.. Enumerable.Repeat(60_000, count)]);
        Assert.Equal(TransportFault.EndOfStream, ours.End.Fault);
        Assert.Equal(TransportFault.EndOfStream, theirs.End.Fault);
    }

    [Fact]
    public void A_send_that_fails_still_delivers_received_bytes()
    {
        var ours = new RecordingSink { HoldsBatches = true };
        _alpha.Start(ours);
        var theirs = new RecordingSink();
        _beta.Start(theirs);
        for (ulong id = 0; id < 4; id++)
        {
            _beta.Append(8, id);
            _beta.Flush();
            Settle();
        }

        _beta.Abort();
        Settle();
        _alpha.Append(1, 0);
        _alpha.Flush();
        Settle();
        Assert.False(ours.Closed.IsCompleted);

        ours.ReleaseHeld();
        Settle();
        ours.ReleaseHeld();
        Settle();
        ours.Frames.AssertAre(8, 8, 8, 8);
        Assert.Equal(TransportFault.Reset, ours.End.Fault);
    }

    [Fact]
    public void An_abort_does_not_wait_for_batches_that_the_owner_holds()
    {
        var ours = new RecordingSink { HoldsBatches = true };
        _alpha.Start(ours);
        _beta.Start(new RecordingSink());
        for (ulong id = 0; id < 4; id++)
        {
            _beta.Append(8, id);
            _beta.Flush();
            Settle();
        }

        _alpha.Abort();
        Settle();
        Assert.Equal(TransportFault.Aborted, ours.End.Fault);
        ours.ReleaseHeld();
        Settle();
        ours.Frames.AssertAre(8, 8);
    }

    [Fact]
    public void Appending_to_a_connection_that_has_ended_has_no_effect()
    {
        (RecordingSink ours, _) = StartBoth();
        _beta.Abort();
        Settle();
        Assert.True(ours.Closed.IsCompleted);

        for (ulong id = 0; id < 10; id++)
        {
            Assert.True(_alpha.HasRoom);
            _alpha.Append(60_000, id);
            _alpha.Flush();
        }

        _alpha.Shutdown();
        _alpha.Dispose();
        Settle();
        Assert.Equal(0, _alpha.BufferedBytes);
        Assert.Equal(0, _buffers.Missing);
    }

    [Fact]
    public void A_connection_is_started_once_and_before_its_first_flush()
    {
        Assert.Throws<InvalidOperationException>(_alpha.Flush);
        _alpha.Start(new RecordingSink());
        Assert.Throws<InvalidOperationException>(() => _alpha.Start(new RecordingSink()));
        _beta.Abort();
        Assert.Throws<ObjectDisposedException>(() => _beta.Start(new RecordingSink()));
    }

    [Fact]
    public void Bounds_that_cannot_work_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new FrameConnection(_pair.Alpha, new FrameConnectionSettings { MaxUnreleasedBatches = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new FrameConnection(_pair.Alpha, new FrameConnectionSettings { MaxPayloadBytes = int.MaxValue }));
    }

    private (RecordingSink Ours, RecordingSink Theirs) StartBoth()
    {
        var ours = new RecordingSink();
        var theirs = new RecordingSink();
        _alpha.Start(ours);
        _beta.Start(theirs);
        Settle();
        return (ours, theirs);
    }

    private void Settle() => _pair.Time.Advance(TimeSpan.FromSeconds(1));
}
