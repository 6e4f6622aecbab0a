namespace ActorP2P.Protocol.Tests;

/// <summary>Inputs that a peer must not send in a session. Each ends the session with a reason of its own.</summary>
public class BadInputTests
{
    public static TheoryData<FrameKind, byte, ushort, ulong, int, DisconnectReason> Headers { get; } = new()
    {
        { (FrameKind)0x00, 0, 0, 0, 0, DisconnectReason.UnknownKind },
        { (FrameKind)0x99, 0, 0, 0, 4, DisconnectReason.UnknownKind },
        { FrameKind.GossipControl, 0, 0, 0, 16, DisconnectReason.InvalidLength },
        { FrameKind.GossipControl, 0, 0, 0, 18, DisconnectReason.InvalidLength },
        { FrameKind.GossipControl, 0, 0, 0, 1025 + 16, DisconnectReason.InvalidLength },
        { FrameKind.GossipControl, 0, 0, 0, 17, DisconnectReason.MalformedFrame },
        { FrameKind.DiscoveryControl, 0, 0, 0, 4, DisconnectReason.NotNegotiated },
        { FrameKind.Notify, 0x22, 0, 0, 4, DisconnectReason.InvalidFlags },
        { FrameKind.Ping, 0x80, 0, 0, 0, DisconnectReason.InvalidFlags },
        { FrameKind.Notify, 0x00, 0, 0, 4, DisconnectReason.InvalidFlags },
        { FrameKind.Credit, 0, 0, 0, 0, DisconnectReason.InvalidLength },
        { FrameKind.Goodbye, 0, 0, 0, 0, DisconnectReason.InvalidLength },
        { FrameKind.Error, 2, 0, 0, 0, DisconnectReason.InvalidLength },
        { FrameKind.Reset, 0, 0, 0, 0, DisconnectReason.InvalidLength },
        { FrameKind.Ping, 0, 0, 0, 1, DisconnectReason.InvalidLength },
        { FrameKind.Ping, 0, 1, 0, 0, DisconnectReason.MalformedFrame },
        { FrameKind.GoodbyeAck, 0, 0, 1, 0, DisconnectReason.MalformedFrame },
        { FrameKind.Broadcast, 2, 0, 0, 24, DisconnectReason.InvalidLength },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_against_the_rules_ends_the_session(
        FrameKind kind, byte flags, ushort type, ulong id, int length, DisconnectReason reason)
    {
        FakePeer peer = FakePeer.Ready();
        peer.Say(kind, new byte[length], id, (FrameFlags)flags, type);
        peer.AssertRefused(reason);
    }

    [Fact]
    public void A_length_above_the_maximum_is_refused_at_its_header()
    {
        FakePeer peer = FakePeer.Ready();
        byte[] header = new byte[FrameHeader.Size];
        new FrameHeader(SessionSettings.MaxFragment + 1, FrameKind.Notify, (FrameFlags)Lane.Normal, 1, 1).Write(header);
        peer.SayRaw(header);
        peer.AssertRefused(DisconnectReason.FrameTooLong);
    }

    /// <summary>
    /// A frame of length 0 crashed BDK's node. Here it is an ordinary message or a protocol error of the peer.
    /// </summary>
    [Fact]
    public void A_frame_of_length_zero_is_a_message_where_one_may_be_empty()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Notify, 1, []);
        Assert.Empty(peer.End.Only(FrameKind.Notify).Body);
        peer.Tell(FrameKind.Broadcast, 1, []);
        peer.AssertRefused(DisconnectReason.InvalidLength);
    }

    /// <summary>Eight claimed lengths of 128 MiB cost BDK 1 GiB. Here they cost the peers their connections.</summary>
    [Fact]
    public void Eight_claims_of_128_MiB_without_a_body_cost_nothing()
    {
        ReassemblyBudget budget = new(ReassemblyBudget.DefaultCapacity);
        FakePeer honest = FakePeer.Ready(budget: budget);
        for (int i = 0; i < 8; i++)
        {
            FakePeer peer = FakePeer.Ready(budget: budget);
            peer.Tell(FrameKind.Notify, 1, FragmentTests.Beginning(128 * 1024 * 1024, []),
                FrameFlags.First | FrameFlags.More);
            peer.AssertRefused(DisconnectReason.MessageTooLong);
        }

        honest.Tell(FrameKind.Notify, 1, FragmentTests.Beginning(3, [1]), FrameFlags.First | FrameFlags.More);
        honest.Tell(FrameKind.Notify, 1, [2, 3]);
        honest.End.Only(FrameKind.Notify);
    }

    [Fact]
    public void A_broadcast_whose_id_is_not_its_hash_is_refused()
    {
        byte[] body = Given.BroadcastBody(50);
        body[^1] ^= 1;
        FakePeer whole = FakePeer.Ready();
        whole.Tell(FrameKind.Broadcast, 1, body);
        whole.AssertRefused(DisconnectReason.BroadcastIdMismatch);

        FakePeer fragmented = FakePeer.Ready();
        fragmented.Tell(FrameKind.Broadcast, 1, FragmentTests.Beginning((ulong)body.Length, body[..30]),
            FrameFlags.First | FrameFlags.More);
        fragmented.Tell(FrameKind.Broadcast, 1, body[30..]);
        fragmented.AssertRefused(DisconnectReason.BroadcastIdMismatch);
    }

    [Fact]
    public void A_broadcast_of_another_network_type_or_salt_is_refused()
    {
        foreach (byte[] body in (byte[][])
            [Given.BroadcastBody(9, network: "other"), Given.BroadcastBody(9, type: 0x0102),
                Resalted(Given.BroadcastBody(9))])
        {
            FakePeer peer = FakePeer.Ready();
            peer.Tell(FrameKind.Broadcast, 1, body);
            peer.AssertRefused(DisconnectReason.BroadcastIdMismatch);
        }

        static byte[] Resalted(byte[] body)
        {
            body[BroadcastId.Size] ^= 1;
            return body;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    [InlineData(255)]
    public void A_broadcast_beyond_the_hop_limit_or_without_a_hop_is_refused(byte hops)
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Broadcast, 1, Given.BroadcastBody(9, hops: hops));
        peer.AssertRefused(DisconnectReason.HopLimitExceeded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public void A_broadcast_within_the_hop_limit_is_taken(byte hops)
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Broadcast, 1, Given.BroadcastBody(9, hops: hops));
        Assert.Equal(hops, peer.End.Only(FrameKind.Broadcast).Message.ReadBroadcastHead().Hops);
    }

    [Fact]
    public void A_first_fragment_without_a_broadcasts_head_is_refused()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(
            FrameKind.Broadcast, 1, FragmentTests.Beginning(100, new byte[24]), FrameFlags.First | FrameFlags.More);
        peer.AssertRefused(DisconnectReason.InvalidLength);
    }

    [Fact]
    public void Tagged_headers_that_do_not_parse_are_refused()
    {
        foreach (byte[] headers in (byte[][])[[], [0x0b, 0x01, 0x00], [0x07], [0x10], [0x12, 0x01, 0x41, 0x04]])
        {
            FakePeer peer = FakePeer.Ready();
            peer.Tell(FrameKind.Notify, 1, headers, FrameFlags.Tagged);
            peer.AssertRefused(DisconnectReason.MalformedHeaders);
        }
    }

    [Fact]
    public void An_error_whose_text_is_not_utf8_is_malformed()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Error, 1, [0, 1, 0xc0]);
        peer.AssertRefused(DisconnectReason.MalformedFrame);
    }

    /// <summary>Answers to pings and fragments must not accumulate when the peer does not read them.</summary>
    [Fact]
    public void A_peer_that_provokes_answers_and_reads_none_is_dropped()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.WriterIsBlocked = true;
        for (ulong id = 1; id <= 600 && peer.Session.State == SessionState.Ready; id++)
        {
            peer.Tell(FrameKind.Response, id, FragmentTests.Beginning(2, [1]), FrameFlags.First | FrameFlags.More);
            peer.Tell(FrameKind.Response, id, [2]);
        }

        peer.End.WriterIsBlocked = false;
        peer.Pump();
        peer.AssertRefused(DisconnectReason.ControlOverflow);
    }

    /// <summary>
    /// A rejected message blocked BDK's listener and its session for ever. Here the session ends once.
    /// </summary>
    [Fact]
    public void After_a_fault_nothing_more_is_read_delivered_or_sent()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Send(peer.Now, Given.Owned(FrameKind.Request, 5, 10, out SharedBuffer buffer));
        peer.Say((FrameKind)0x99);
        int written = peer.End.Wrote.Count;
        peer.Tell(FrameKind.Notify, 1, [1]);
        peer.Say(FrameKind.Ping, id: 1);
        peer.Say((FrameKind)0x98);

        Assert.Equal(written, peer.End.Wrote.Count);
        Assert.Equal(0, peer.End.Count(FrameKind.Notify));
        Assert.True(Given.IsReleased(buffer));
        peer.AssertRefused(DisconnectReason.UnknownKind);
    }

    /// <summary>
    /// Flowee answered a frame with a false length with 64 KiB of its own memory. Here an answer contains only the
    /// bytes that were given.
    /// </summary>
    [Fact]
    public void Only_a_goodbye_is_sent_after_a_misdeclared_frame()
    {
        FakePeer peer = FakePeer.Ready();
        int before = peer.End.Wrote.Count;
        peer.SayRaw([0, 1, 0, 0, (byte)FrameKind.Ping, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. new byte[0x10000]]);
        Assert.Equal(before + 1, peer.End.Wrote.Count);
        Assert.True(peer.End.Wrote[^1].Payload.Length <= 2 + CodedText.MaxText);
        peer.AssertRefused(DisconnectReason.InvalidLength);
    }
}
