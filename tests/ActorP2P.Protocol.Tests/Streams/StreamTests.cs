using System.Buffers.Binary;

namespace ActorP2P.Protocol.Tests;

/// <summary>Streams between two sessions.</summary>
public class StreamTests
{
    [Fact]
    public void Bytes_and_ends_arrive_in_both_directions()
    {
        SessionPair pair = SessionPair.Ready();
        StreamShell initiator = new(pair.Initiator);
        StreamShell responder = new(pair.Responder);
        TestStream opened = initiator.Open(pair.Now, 7);
        initiator.Write(opened, 10_000);
        initiator.End(opened);
        pair.Settle();

        TestStream accepted = responder.Only;
        Assert.Equal(7, accepted.Name);
        Assert.Equal(opened.Written, accepted.Received);
        Assert.Equal(1, accepted.Ends);
        Assert.False(opened.State.IsOver);

        responder.Write(accepted, 100);
        responder.End(accepted);
        pair.Settle();
        Assert.Equal(accepted.Written, opened.Received);
        Assert.True(opened.State.IsOver && accepted.State.IsOver);
        Assert.Equal(0, pair.Initiator.Session.OpenStreams + pair.Responder.Session.OpenStreams);
    }

    [Fact]
    public void A_stream_that_is_not_read_blocks_only_itself()
    {
        SessionPair pair = SessionPair.Ready();
        StreamShell initiator = new(pair.Initiator);
        StreamShell responder = new(pair.Responder);
        for (byte name = 0; name < 10; name++)
        {
            initiator.Write(initiator.Open(pair.Now, name), 200_000);
        }

        pair.Settle();
        Assert.All(responder.Streams, stream => Assert.Equal(Given.Settings.StreamWindow, stream.Received.Count));

        TestStream read = responder.Streams[4];
        for (int i = 0; i < 10; i++)
        {
            responder.Read(pair.Now, read, long.MaxValue);
            pair.Settle();
        }

        Assert.Equal(200_000, read.Received.Count);
        Assert.Equal(Given.Settings.StreamWindow, responder.Streams[5].Received.Count);
        pair.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(SessionState.Ready, pair.Initiator.Session.State);
    }

    [Fact]
    public void The_streams_of_a_lane_take_turns()
    {
        SessionSettings settings = (Given.Settings with { StreamWindow = 1024 * 1024 }).Validated();
        SessionPair pair = SessionPair.Ready(settings, settings);
        StreamShell initiator = new(pair.Initiator);
        _ = new StreamShell(pair.Responder);
        pair.Initiator.WriterIsBlocked = true;
        for (byte name = 0; name < 3; name++)
        {
            TestStream stream = initiator.Open(pair.Now, name);
            for (int i = 0; i < 4; i++)
            {
                initiator.Write(stream, SessionSettings.MaxFragment);
            }
        }

        pair.Initiator.WriterIsBlocked = false;
        pair.Settle();
        Assert.Equal(
            [1, 3, 5, 1, 3, 5, 1, 3, 5, 1, 3, 5],
            pair.Initiator.Wrote.Where(frame => frame.Header.Kind == FrameKind.StreamData)
                .Select(frame => (int)frame.Header.Id));
    }

    [Fact]
    public void Messages_of_the_lane_go_between_the_frames_of_a_stream()
    {
        SessionPair pair = SessionPair.Ready();
        StreamShell initiator = new(pair.Initiator);
        pair.Initiator.WriterIsBlocked = true;
        TestStream stream = initiator.Open(pair.Now, 1);
        for (int i = 0; i < 10; i++)
        {
            initiator.Write(stream, 1000);
            pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, 1000, Lane.Bulk));
        }

        pair.Initiator.WriterIsBlocked = false;
        pair.Settle();
        FrameKind[] kinds = [.. pair.Initiator.Wrote.Select(frame => frame.Header.Kind)
            .Where(kind => kind is FrameKind.StreamData or FrameKind.Notify)];
        Assert.Equal(20, kinds.Length);

        // The opening frame has taken the stream's first turn.
        Assert.Equal([FrameKind.Notify, FrameKind.Notify, FrameKind.StreamData], kinds[..3]);
        Assert.All(
            kinds.Zip(kinds.Skip(1)).Skip(1).Take(17), next => Assert.NotEqual(next.First, next.Second));
    }

    [Fact]
    public void A_window_grows_while_it_limits_a_fast_reader()
    {
        SessionPair pair = SessionPair.Ready(latency: TimeSpan.FromMilliseconds(20));
        StreamShell initiator = new(pair.Initiator);
        StreamShell responder = new(pair.Responder);
        TestStream stream = initiator.Open(pair.Now, 1);
        initiator.Write(stream, 2_000_000);
        for (int i = 0; i < 60; i++)
        {
            pair.Advance(TimeSpan.FromMilliseconds(10));
            responder.Streams.ForEach(known => responder.Read(pair.Now, known, long.MaxValue));
        }

        Assert.Equal(2_000_000, responder.Only.Received.Count);
        Assert.True(responder.Only.State.Window.Size >= 512 * 1024, $"{responder.Only.State.Window.Size}");
        Assert.Equal(responder.Only.State.Window.Grown, pair.Responder.Memory.Grown);

        pair.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(0, pair.Responder.Memory.Grown);
    }

    [Fact]
    public void Many_windows_share_what_one_may_grow_by()
    {
        SessionSettings settings = (Given.Settings with { MaxCreditWindow = 512 * 1024 }).Validated();
        SessionPair pair = SessionPair.Ready(settings, settings, latency: TimeSpan.FromMilliseconds(20));
        StreamShell initiator = new(pair.Initiator);
        StreamShell responder = new(pair.Responder);
        for (byte name = 0; name < 4; name++)
        {
            initiator.Write(initiator.Open(pair.Now, name), 1_000_000);
        }

        for (int i = 0; i < 12; i++)
        {
            pair.Advance(TimeSpan.FromMilliseconds(10));
            responder.Streams.ForEach(known => responder.Read(pair.Now, known, long.MaxValue));
            Assert.True(pair.Responder.Memory.Grown <= settings.MaxCreditWindow);
        }

        Assert.All(
            responder.Streams,
            stream => Assert.Equal(settings.MaxCreditWindow / 4, stream.State.Window.Size));
    }

    [Fact]
    public void A_reset_ends_both_directions_with_its_code()
    {
        SessionPair pair = SessionPair.Ready();
        StreamShell initiator = new(pair.Initiator);
        StreamShell responder = new(pair.Responder);
        TestStream opened = initiator.Open(pair.Now, 1);
        initiator.Write(opened, 200_000);
        pair.Settle();
        responder.Reset(responder.Only, 0x123);
        pair.Settle();

        Assert.Equal(1, opened.Resets);
        Assert.Equal((RequestErrorCode)0x123, opened.Code);
        Assert.Equal(0, pair.Initiator.Session.QueuedBytes);
        Assert.All(opened.Buffers, buffer => Assert.True(Given.IsReleased(buffer)));
        Assert.Equal(0, pair.Responder.Session.UnreadStreamBytes);
    }

    [Fact]
    public void A_stream_that_is_reset_before_it_is_sent_is_never_sent()
    {
        SessionPair pair = SessionPair.Ready();
        StreamShell initiator = new(pair.Initiator);
        StreamShell responder = new(pair.Responder);
        initiator.Reset(initiator.Open(pair.Now, 1));
        initiator.Open(pair.Now, 2);
        pair.Settle();
        Assert.Equal(2, responder.Only.Name);
        Assert.Equal(1UL, responder.Only.State.Id);
        Assert.DoesNotContain(pair.Initiator.Wrote, frame => frame.Header.Kind == FrameKind.StreamReset);
    }

    [Fact]
    public void A_goodbye_waits_for_bytes_that_were_written()
    {
        SessionPair pair = SessionPair.Ready();
        StreamShell initiator = new(pair.Initiator);
        StreamShell responder = new(pair.Responder);
        TestStream stream = initiator.Open(pair.Now, 1);
        initiator.Write(stream, 150_000);
        initiator.End(stream);
        pair.Settle();
        pair.Initiator.Session.Close(pair.Now, DisconnectReason.ShuttingDown, "");
        for (int i = 0; i < 4; i++)
        {
            pair.Settle();
            responder.Read(pair.Now, responder.Only, long.MaxValue);
        }

        pair.Settle();
        Assert.Equal(stream.Written, responder.Only.Received);
        Assert.Equal(1, responder.Only.Ends);
        Assert.Equal(DisconnectReason.ShuttingDown, pair.Responder.End!.Reason);
    }

    [Fact]
    public void A_goodbye_does_not_wait_for_an_open_stream()
    {
        SessionPair pair = SessionPair.Ready();
        StreamShell initiator = new(pair.Initiator);
        _ = new StreamShell(pair.Responder);
        initiator.Open(pair.Now, 1);
        pair.Settle();
        pair.Initiator.Session.Close(pair.Now, DisconnectReason.ShuttingDown, "");
        pair.Settle();
        Assert.Equal(SessionState.Drained, pair.Initiator.Session.State);
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(64, 0)]
    public void Without_streams_in_both_hellos_none_is_opened(int ofInitiator, int ofResponder)
    {
        SessionPair pair = SessionPair.Ready(
            Given.Settings with { MaxStreams = ofInitiator }, Given.Settings with { MaxStreams = ofResponder });
        StreamShell initiator = new(pair.Initiator);
        Assert.Null(initiator.TryOpen(pair.Now, 1, out StreamFailure failure));
        Assert.Equal(StreamFailure.NotSupported, failure);
    }

    [Fact]
    public void A_request_longer_than_a_frame_opens_no_stream()
    {
        SessionPair pair = SessionPair.Ready();
        SharedBuffer owner = SharedBuffer.Rent(SessionSettings.MaxFragment + 1);
        Assert.Null(pair.Initiator.Session.TryOpenStream(
            pair.Now, 0x0101, Lane.Bulk,
            new StreamPiece(owner.Array.AsMemory(0, SessionSettings.MaxFragment + 1), owner),
            out StreamFailure failure));
        Assert.Equal(StreamFailure.TooLong, failure);
        Assert.True(Given.IsReleased(owner));
    }

    [Fact]
    public void The_end_of_the_session_releases_what_waits()
    {
        SessionPair pair = SessionPair.Ready();
        StreamShell initiator = new(pair.Initiator);
        pair.Initiator.WriterIsBlocked = true;
        TestStream stream = initiator.Open(pair.Now, 1);
        initiator.Write(stream, 100_000);
        pair.Initiator.Session.OnTransportClosed(DisconnectReason.ConnectionLost, "");
        pair.Initiator.Pump(pair.Now);
        Assert.All(stream.Buffers, buffer => Assert.True(Given.IsReleased(buffer)));
        initiator.Write(stream, 10);
        Assert.All(stream.Buffers, buffer => Assert.True(Given.IsReleased(buffer)));
        Assert.Equal(0, pair.Initiator.Memory.Held);
    }

    internal static byte[] Number(long number)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
