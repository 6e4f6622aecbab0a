using System.Buffers;

namespace ActorP2P.Protocol.Tests;

/// <summary>
/// What a node says anew after its hello: the latest values arrive, and a flood of them ends the session.
/// </summary>
public class UpdateTests
{
    private static readonly byte[] s_first = [1];
    private static readonly byte[] s_second = [2, 2];

    [Fact]
    public void A_new_state_reaches_the_peer()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Say(s_second, BroadcastTypes.None);
        pair.Settle();

        Assert.True(pair.Responder.Only<SessionEvent.Updated>().HasNewState);
        Assert.Equal(s_second, pair.Responder.Session.RemoteHello!.State.ToArray());
        Assert.Equal(BroadcastTypes.None, pair.Responder.Session.RemoteHello.WantedBroadcasts);
        Assert.Equal(1UL, pair.Responder.Session.RemoteHello.Nonce);
    }

    [Theory]
    [InlineData(SessionRole.Initiator)]
    [InlineData(SessionRole.Responder)]
    public void A_state_that_changes_amid_the_handshake_is_not_lost(object anyRole)
    {
        FakePeer peer = new((SessionRole)anyRole);
        peer.Session.Say(s_first, BroadcastTypes.All);
        peer.Pump();
        peer.SayHello();
        peer.Session.Say(s_second, BroadcastTypes.All);
        if (peer.Session.Role == SessionRole.Responder)
        {
            peer.Pump();
            Assert.Empty(peer.Heard(FrameKind.Update));
            peer.Say(FrameKind.Ready);
        }

        peer.Now += Updates.Interval;
        peer.Pump();
        Assert.Equal(s_second, Said(peer)[^1].State!.Value.ToArray());
        Assert.True(peer.End.Wrote.FindIndex(frame => frame.Header.Kind == FrameKind.Update)
            > peer.End.Wrote.FindIndex(frame => frame.Header.Kind is FrameKind.Ready or FrameKind.HelloAck));
    }

    [Fact]
    public void What_the_peer_knows_already_is_not_sent()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Say(s_first, BroadcastTypes.All);
        peer.Pump();
        peer.Session.Say(new byte[] { 1 }, BroadcastTypes.All);
        peer.Now += Updates.Interval;
        peer.Pump();
        Update only = Assert.Single(Said(peer));
        Assert.Equal(s_first, only.State!.Value.ToArray());
        Assert.Null(only.WantedBroadcasts);
        Assert.True(peer.Session.Deadline > peer.Now + Updates.Interval);
    }

    [Fact]
    public void Of_many_states_the_peer_gets_the_first_and_the_last()
    {
        FakePeer peer = FakePeer.Ready();
        for (byte i = 1; i <= 100; i++)
        {
            peer.Session.Say(new byte[] { i }, BroadcastTypes.All);
            peer.Pump();
        }

        TimeSpan sent = peer.Now;
        Assert.Equal([1], Said(peer).Select(update => update.State!.Value.Span[0]));
        peer.NextTimer();
        Assert.Equal(sent + Updates.Interval, peer.Now);
        Assert.Equal([1, 100], Said(peer).Select(update => update.State!.Value.Span[0]));
    }

    [Fact]
    public void An_empty_state_takes_the_state_back()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Initiator.Session.Say(s_first, BroadcastTypes.All);
        pair.Settle();
        pair.Initiator.Session.Say(default, BroadcastTypes.All);
        pair.Advance(Updates.Interval);
        Assert.Equal(2, pair.Responder.Count<SessionEvent.Updated>());
        Assert.Empty(pair.Responder.Session.RemoteHello!.State.ToArray());
    }

    [Fact]
    public void A_silent_peer_is_sent_a_few_updates_and_then_none()
    {
        FakePeer peer = FakePeer.Ready();
        for (byte i = 1; i <= 30; i++)
        {
            peer.Session.Say(new byte[] { i }, BroadcastTypes.All);
            peer.Now += Updates.Interval;
            peer.Pump();
        }

        Assert.Equal(8, Said(peer).Count);
        peer.Say(FrameKind.Pong, id: 1);
        Assert.Equal(30, Said(peer)[^1].State!.Value.Span[0]);
    }

    [Fact]
    public void A_peer_accepts_all_updates_of_a_busy_node()
    {
        SessionPair pair = SessionPair.Ready();
        for (int i = 0; i < 2000; i++)
        {
            pair.Initiator.Session.Say(BitConverter.GetBytes(i), BroadcastTypes.All);
            pair.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal(SessionState.Ready, pair.Responder.Session.State);
        Assert.InRange(pair.Responder.Count<SessionEvent.Updated>(), 90, 110);
        pair.Advance(Updates.Interval);
        Assert.Equal(BitConverter.GetBytes(1999), pair.Responder.Session.RemoteHello!.State.ToArray());
    }

    [Fact]
    public void Too_many_updates_end_the_session()
    {
        FakePeer peer = FakePeer.Ready();
        byte[] update = new Update(s_first, null).Encode();
        for (int i = 0; i < Updates.MaxInWindow; i++)
        {
            peer.Say(FrameKind.Update, update);
        }

        Assert.Equal(SessionState.Ready, peer.Session.State);
        peer.Say(FrameKind.Update, update);
        peer.AssertRefused(DisconnectReason.TooManyUpdates);
    }

    [Fact]
    public void Updates_at_their_pace_are_accepted_for_ever()
    {
        FakePeer peer = FakePeer.Ready();
        for (int i = 0; i < 200; i++)
        {
            peer.Say(FrameKind.Update, new Update(BitConverter.GetBytes(i), null).Encode());
            peer.Now += TimeSpan.FromMilliseconds(320);
        }

        Assert.Equal(SessionState.Ready, peer.Session.State);
        Assert.Equal(200, peer.End.Count<SessionEvent.Updated>());
    }

    [Fact]
    public void An_update_before_ready_is_refused()
    {
        byte[] update = new Update(s_first, null).Encode();
        FakePeer first = new();
        first.Say(FrameKind.Update, update);
        first.AssertRefused(DisconnectReason.UnexpectedFrame);

        FakePeer second = new();
        second.SayHello();
        second.Say(FrameKind.Update, update);
        second.AssertRefused(DisconnectReason.UnexpectedFrame);
    }

    [Fact]
    public void An_update_that_crosses_a_goodbye_is_accepted()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Tell(FrameKind.Request, 7, [1]);
        peer.Session.Close(peer.Now, DisconnectReason.ApplicationClosed, "");
        peer.Say(FrameKind.Update, new Update(s_first, null).Encode());
        Assert.Equal(SessionState.Draining, peer.Session.State);
        Assert.Equal(s_first, peer.Session.RemoteHello!.State.ToArray());
    }

    [Theory]
    [InlineData("", DisconnectReason.InvalidLength)]
    [InlineData("ff", DisconnectReason.MalformedFrame)]
    [InlineData("9b05aa", DisconnectReason.MalformedFrame)]
    [InlineData("a303010203", DisconnectReason.MalformedFrame)]
    [InlineData("a30401020101", DisconnectReason.MalformedFrame)]
    [InlineData("a5", DisconnectReason.MalformedFrame)]
    [InlineData("9a026869", DisconnectReason.MalformedFrame)]
    public void A_malformed_update_ends_the_session(string hex, DisconnectReason reason)
    {
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Update, Convert.FromHexString(hex));
        peer.AssertRefused(reason);
    }

    [Fact]
    public void A_state_longer_than_allowed_ends_the_session()
    {
        FakePeer peer = FakePeer.Ready();
        ArrayBufferWriter<byte> output = new();
        new TagWriter(output).Write(HelloCodec.StateTag, new byte[HelloCodec.MaxState + 1]);
        peer.Say(FrameKind.Update, output.WrittenSpan.ToArray());
        peer.AssertRefused(DisconnectReason.MalformedFrame);
    }

    [Fact]
    public void An_update_longer_than_allowed_ends_the_session()
    {
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Update, new byte[Update.MaxSize + 1]);
        peer.AssertRefused(DisconnectReason.InvalidLength);
    }

    [Fact]
    public void The_longest_update_of_a_node_is_accepted()
    {
        Update longest = new(
            new byte[HelloCodec.MaxState],
            BroadcastTypes.Of(Enumerable.Range(1000, BroadcastTypes.MaxListed).Select(code => (ushort)code)));
        Assert.InRange(longest.Encode().Length, HelloCodec.MaxState, Update.MaxSize);
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Update, longest.Encode());
        Assert.Equal(longest.WantedBroadcasts, peer.Session.RemoteHello!.WantedBroadcasts);
    }

    [Fact]
    public void A_dropped_broadcast_that_is_no_longer_wanted_is_not_announced()
    {
        FakePeer peer = FakePeer.Ready(settings: Given.Settings with { MaxQueued = 4096 });
        peer.End.WriterIsBlocked = true;
        Drop(peer, 0x0101);
        Drop(peer, 0x0202);
        peer.Say(FrameKind.Update, new Update(null, BroadcastTypes.Of([0x0202])).Encode());
        Drop(peer, 0x0101);
        Assert.Equal(2, peer.End.Count<SessionEvent.BroadcastDropped>());

        peer.End.WriterIsBlocked = false;
        peer.Pump();
        byte[] announced = Assert.Single(peer.Heard(FrameKind.GossipControl)).Payload;
        Assert.Equal(
            [BroadcastId.Read(Given.BroadcastBody(5000, type: 0x0202))], BroadcastId.ReadAll(announced.AsSpan(1)));
    }

    // The second broadcast is longer than the queue with the notify before it.
    private static void Drop(FakePeer peer, ushort type)
    {
        if (peer.Session.QueuedBytes == 0)
        {
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 5000));
        }

        peer.Session.Send(peer.Now, new OutboundMessage(
            FrameKind.Broadcast, type, 0, Lane.Normal, Given.BroadcastBody(5000, type: type), null));
        peer.Pump();
    }

    private static List<Update> Said(FakePeer peer) =>
        [.. peer.Heard(FrameKind.Update).Select(frame =>
        {
            Assert.True(Update.TryRead(frame.Payload, out Update? update));
            return update;
        })];
}
