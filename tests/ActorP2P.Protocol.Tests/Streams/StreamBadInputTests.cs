namespace ActorP2P.Protocol.Tests;

/// <summary>What a peer may do wrong with streams, and the reason that it gets.</summary>
public class StreamBadInputTests
{
    private const FrameFlags Bulk = (FrameFlags)Lane.Bulk;
    private readonly FakePeer _peer = FakePeer.Ready();
    private readonly StreamShell _shell;

    public StreamBadInputTests() => _shell = new StreamShell(_peer.End);

    public static TheoryData<FrameKind> Later() =>
        [FrameKind.StreamData, FrameKind.StreamEnd, FrameKind.StreamReset, FrameKind.StreamCredit];

    [Theory]
    [MemberData(nameof(Later))]
    public void A_stream_that_was_never_opened_is_out_of_place(FrameKind kind)
    {
        SayLater(kind, 1);
        _peer.AssertRefused(DisconnectReason.StreamOutOfPlace);
    }

    [Theory]
    [MemberData(nameof(Later))]
    public void A_stream_that_this_node_never_opened_is_out_of_place(FrameKind kind)
    {
        SayLater(kind, 2);
        _peer.AssertRefused(DisconnectReason.StreamOutOfPlace);
    }

    [Theory]
    [MemberData(nameof(Later))]
    public void A_frame_after_a_reset_is_ignored(FrameKind kind)
    {
        Open(1);
        _shell.Reset(_shell.Only);
        _peer.Pump();
        for (int i = 0; i < 3; i++)
        {
            SayLater(kind, 1);
        }

        Assert.Equal(SessionState.Ready, _peer.Session.State);
        Assert.Single(_peer.Heard(FrameKind.StreamReset));
        Assert.Equal(0, _peer.Session.UnreadStreamBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1)]
    public void An_id_that_the_peer_must_not_open_is_out_of_place(ulong id)
    {
        Open(3);
        Open(id);
        _peer.AssertRefused(DisconnectReason.StreamOutOfPlace);
    }

    [Fact]
    public void A_second_end_is_out_of_place()
    {
        Open(1);
        _peer.Say(FrameKind.StreamEnd, StreamTests.Number(0), 1, Bulk);
        _peer.Say(FrameKind.StreamEnd, StreamTests.Number(0), 1, Bulk);
        _peer.AssertRefused(DisconnectReason.StreamOutOfPlace);
    }

    [Fact]
    public void Bytes_after_the_end_are_out_of_place()
    {
        Open(1);
        _peer.Say(FrameKind.StreamEnd, StreamTests.Number(0), 1, Bulk);
        _peer.Say(FrameKind.StreamData, [1], 1, Bulk);
        _peer.AssertRefused(DisconnectReason.StreamOutOfPlace);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(-1)]
    public void An_end_with_another_total_is_out_of_place(long total)
    {
        Open(1);
        _peer.Say(FrameKind.StreamData, new byte[10], 1, Bulk);
        _peer.Say(FrameKind.StreamEnd, StreamTests.Number(total), 1, Bulk);
        _peer.AssertRefused(DisconnectReason.StreamOutOfPlace);
    }

    [Fact]
    public void More_bytes_than_were_granted_exceed_the_credit()
    {
        Open(1);
        _peer.Say(FrameKind.StreamData, new byte[SessionSettings.MaxFragment], 1, Bulk);
        Assert.Equal(SessionState.Ready, _peer.Session.State);
        _peer.Say(FrameKind.StreamData, [1], 1, Bulk);
        _peer.AssertRefused(DisconnectReason.CreditExceeded);
    }

    [Fact]
    public void Streams_opened_by_the_thousand_are_too_many()
    {
        for (ulong i = 0; i < 64; i++)
        {
            Open(1 + (2 * i));
        }

        Assert.Equal(SessionState.Ready, _peer.Session.State);
        Open(129);
        _peer.AssertRefused(DisconnectReason.TooManyStreams);
    }

    [Fact]
    public void Streams_that_are_opened_and_reset_leave_nothing()
    {
        for (ulong i = 0; i < 5000; i++)
        {
            Open(1 + (2 * i));
            _peer.Say(FrameKind.StreamReset, CodedText.Encode(0x100, ""), 1 + (2 * i));
        }

        Assert.Equal(SessionState.Ready, _peer.Session.State);
        Assert.Equal(0, _peer.Session.OpenStreams);
        Assert.All(_shell.Streams, stream => Assert.Equal(1, stream.Resets));
    }

    [Fact]
    public void Resets_that_wait_are_bounded_by_the_streams()
    {
        _peer.End.WriterIsBlocked = true;
        for (ulong i = 0; i < 5000; i++)
        {
            Open(1 + (2 * i));
            _shell.Reset(_shell.Streams[^1]);
            _peer.Say(FrameKind.StreamReset, CodedText.Encode(0x100, ""), 1 + (2 * i));
        }

        Assert.Equal(0, _peer.Session.OpenStreams);
        for (ulong i = 5000; i < 5064; i++)
        {
            Open(1 + (2 * i));
            _shell.Reset(_shell.Streams[^1]);
        }

        Assert.Equal(64, _peer.Session.OpenStreams);
        _peer.End.WriterIsBlocked = false;
        _peer.Pump();
        Assert.Equal(64, _peer.Heard(FrameKind.StreamReset).Count());
        Assert.Equal(0, _peer.Session.OpenStreams);
        Assert.Equal(SessionState.Ready, _peer.Session.State);
    }

    [Fact]
    public void Credit_beyond_any_number_is_malformed()
    {
        Open(1);
        _peer.Say(FrameKind.StreamCredit, StreamTests.Number(-1), 1);
        _peer.AssertRefused(DisconnectReason.MalformedFrame);
    }

    [Fact]
    public void A_reset_whose_text_is_not_text_is_malformed()
    {
        Open(1);
        _peer.Say(FrameKind.StreamReset, [1, 0, 0xff], 1);
        _peer.AssertRefused(DisconnectReason.MalformedFrame);
    }

    [Fact]
    public void A_stream_without_negotiation_is_refused()
    {
        FakePeer peer = FakePeer.Ready(settings: Given.Settings with { MaxStreams = 0 });
        peer.Say(FrameKind.StreamOpen, [1], 1, Bulk, 0x0101);
        peer.AssertRefused(DisconnectReason.NotNegotiated);
    }

    [Fact]
    public void Empty_bytes_have_no_length_that_is_allowed()
    {
        Open(1);
        _peer.Say(FrameKind.StreamData, [], 1, Bulk);
        _peer.AssertRefused(DisconnectReason.InvalidLength);
    }

    [Fact]
    public void A_stream_opened_after_the_goodbye_is_reset()
    {
        _peer.Session.Close(_peer.Now, DisconnectReason.ShuttingDown, "");
        _peer.Pump();
        Open(1);
        _peer.Say(FrameKind.StreamData, [1], 1, Bulk);
        Assert.Empty(_shell.Streams);
        Assert.Equal(
            CodedText.Encode((ushort)RequestErrorCode.ShuttingDown, "the session is ending"),
            Assert.Single(_peer.Heard(FrameKind.StreamReset)).Payload);
    }

    private void Open(ulong id) => _peer.Say(FrameKind.StreamOpen, [(byte)id], id, Bulk, 0x0101);

    private void SayLater(FrameKind kind, ulong id)
    {
        bool hasLane = kind is FrameKind.StreamData or FrameKind.StreamEnd;
        byte[] payload = kind switch
        {
            FrameKind.StreamData => [1, 2, 3],
            FrameKind.StreamReset => CodedText.Encode(0x100, "text"),
            _ => StreamTests.Number(0),
        };
        _peer.Say(kind, payload, id, hasLane ? Bulk : FrameFlags.None);
    }
}
