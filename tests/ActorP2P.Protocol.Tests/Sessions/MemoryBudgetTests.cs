namespace ActorP2P.Protocol.Tests;

/// <summary>
/// The memory that a node holds for its peers is charged to its budget; these tests also cover a budget that runs
/// short.
/// </summary>
public class MemoryBudgetTests
{
    private const FrameFlags First = FrameFlags.First | FrameFlags.More;

    [Fact]
    public void Messages_are_charged_until_they_are_finished()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.FinishesAtOnce = false;
        peer.Tell(FrameKind.Notify, 1, new byte[60_000]);
        Assert.Equal(60_000 + CreditBook.PerMessage, peer.End.Memory.Held);
        Assert.Equal(peer.End.Memory.Held, peer.Session.HeldBytes);

        peer.End.Finish(FrameKind.Notify);
        peer.Pump();
        Assert.Equal(0, peer.End.Memory.Held);
    }

    [Fact]
    public void Fragments_are_charged_with_the_buffers_that_contain_them()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.FinishesAtOnce = false;
        byte[] fragment = new byte[60_000];
        peer.Tell(FrameKind.Notify, 1, FragmentTests.Beginning(180_000, fragment), First);
        Assert.InRange(peer.End.Memory.Held, 120_000, 4 * 120_000);
        peer.Tell(FrameKind.Notify, 1, fragment, FrameFlags.More);
        peer.Tell(FrameKind.Notify, 1, fragment);
        Assert.Equal(180_000 + 60_000 + CreditBook.PerMessage, peer.End.Memory.Held);

        peer.End.Finish(FrameKind.Notify);
        peer.Pump();
        Assert.Equal(0, peer.End.Memory.Held);
    }

    [Fact]
    public void Messages_that_wait_are_charged_until_they_are_sent()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.WriterIsBlocked = true;
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 100_000));
        peer.Pump();
        Assert.Equal(100_000 + CreditBook.PerMessage, peer.End.Memory.Held);

        peer.End.WriterIsBlocked = false;
        peer.Pump();
        Assert.Equal(0, peer.End.Memory.Held);
    }

    [Fact]
    public void Buffers_that_peers_share_are_charged_once()
    {
        MemoryBudget memory = Given.Memory();
        SharedBuffer buffer = SharedBuffer.Rent(100_000);
        buffer.ChargeTo(memory);
        buffer.ChargeTo(memory);
        Assert.Equal(buffer.Capacity, memory.Held);
        FakePeer peer = FakePeer.Ready();
        peer.End.WriterIsBlocked = true;
        Given.BroadcastBody(90_000).CopyTo(buffer.Array.AsSpan());
        int length = Given.BroadcastBody(90_000).Length;
        peer.Session.Send(peer.Now, new OutboundMessage(
            FrameKind.Broadcast, 0x0101, 0, Lane.Normal, buffer.Array.AsMemory(0, length), buffer));
        peer.Pump();
        Assert.Equal(0, peer.End.Memory.Held);
        Assert.Equal(length + CreditBook.PerMessage, peer.Session.HeldBytes);

        peer.End.WriterIsBlocked = false;
        peer.Pump();
        Assert.Equal(0, peer.Session.HeldBytes);

        // The buffer is held until the peer can no longer refuse the message.
        peer.NextTimer();
        Assert.Equal(0, memory.Held);
    }

    [Fact]
    public void A_session_that_ends_returns_its_charge()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.FinishesAtOnce = false;
        peer.End.WriterIsBlocked = true;
        peer.Tell(FrameKind.Notify, 1, new byte[60_000]);
        peer.Tell(FrameKind.Notify, 2, FragmentTests.Beginning(180_000, new byte[60_000]), First);
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 100_000));
        peer.Pump();
        Assert.NotEqual(0, peer.End.Memory.Held);

        peer.Session.OnTransportClosed(DisconnectReason.ConnectionReset, "");
        Assert.Equal(0, peer.End.Memory.Held);
        peer.Pump();
        Assert.Equal(0, peer.End.Memory.Held);
    }

    [Fact]
    public void Short_memory_refuses_large_messages_then_drops_broadcasts()
    {
        FakePeer peer = FakePeer.Ready();
        MemoryBudget memory = peer.End.Memory;
        memory.Charge(memory.Capacity / 4 * 3);
        Assert.False(memory.IsTight);
        memory.Charge(1);
        Assert.Equal((true, false, false), (memory.IsTight, memory.IsShort, memory.IsOver));
        peer.Tell(FrameKind.Request, 1, FragmentTests.Beginning(180_000, [1]), First);
        Assert.Equal(
            [(byte)FrameKind.Request, 0, (byte)ResetReason.NoRoom], peer.Heard(FrameKind.Reset).Single().Payload);
        Assert.Equal(1, peer.Session.Counters.RefusedForRoom);
        Assert.Equal(SendResult.Accepted, peer.Session.Send(peer.Now, Given.Message(FrameKind.Broadcast, 0, 1)));

        memory.Charge(memory.Capacity / 8);
        Assert.Equal((true, true, false), (memory.IsTight, memory.IsShort, memory.IsOver));
        Assert.Equal(SendResult.QueueFull,
            peer.Session.Send(peer.Now, Given.Owned(FrameKind.Broadcast, 0, 1, out SharedBuffer dropped)));
        peer.Pump();
        Assert.True(Given.IsReleased(dropped));
        Assert.Equal((1, 1), (peer.Session.Counters.DroppedBroadcasts, peer.Session.Counters.DroppedForMemory));

        memory.Charge(memory.Capacity / 8);
        Assert.True(memory.IsOver);
        peer.Tell(FrameKind.Request, 2, [1]);
        peer.End.Only(FrameKind.Request);
        Assert.Equal(SendResult.Accepted, peer.Session.Send(peer.Now, Given.Message(FrameKind.Notify, 0, 100_000)));
    }

    [Fact]
    public void Requested_responses_are_accepted_with_short_memory()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.Memory.Charge(2 * peer.End.Memory.Capacity);
        peer.Session.Send(peer.Now, Given.Message(FrameKind.Request, 5, 1));
        peer.Pump();
        peer.Tell(FrameKind.Response, 5, FragmentTests.Beginning(3, [1]), First);
        peer.Tell(FrameKind.Response, 5, [2, 3]);
        peer.End.Only(FrameKind.Response);
    }
}
