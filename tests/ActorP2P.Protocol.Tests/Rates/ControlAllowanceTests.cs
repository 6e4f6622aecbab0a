namespace ActorP2P.Protocol.Tests;

public class ControlAllowanceTests
{
    private ControlAllowance _allowance;

    public static TheoryData<FrameKind> Kinds =>
    [
        FrameKind.Ping, FrameKind.Pong, FrameKind.Cancel, FrameKind.Reset, FrameKind.Credit, FrameKind.Update,
        FrameKind.GossipControl, FrameKind.StreamCredit,
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_flood_of_frames_without_credit_is_a_fault(FrameKind kind)
    {
        for (int i = 0; i < ControlAllowance.Reserve; i++)
        {
            Assert.Null(_allowance.OnFrame(TimeSpan.Zero, kind));
        }

        Assert.Equal(
            DisconnectReason.TooManyControlFrames, _allowance.OnFrame(TimeSpan.Zero, kind)?.Reason);
    }

    [Fact]
    public void The_reserve_comes_back_with_time()
    {
        for (int second = 0; second < 100; second++)
        {
            for (int i = 0; i < ControlAllowance.PerSecond; i++)
            {
                Assert.Null(_allowance.OnFrame(TimeSpan.FromSeconds(second), FrameKind.Ping));
            }
        }
    }

    [Fact]
    public void Each_message_may_be_cancelled_held_resumed_and_granted_again()
    {
        for (int i = 0; i < 100_000; i++)
        {
            _allowance.OnFrame(TimeSpan.Zero, FrameKind.Request);
            Assert.Null(_allowance.OnFrame(TimeSpan.Zero, FrameKind.Cancel));
            Assert.Null(_allowance.OnFrame(TimeSpan.Zero, FrameKind.Reset));
            Assert.Null(_allowance.OnFrame(TimeSpan.Zero, FrameKind.Reset));
            Assert.Null(_allowance.OnFrame(TimeSpan.Zero, FrameKind.Credit));
        }
    }

    [Fact]
    public void Messages_give_no_right_to_an_endless_flood()
    {
        for (int i = 0; i < 1_000_000; i++)
        {
            _allowance.OnMessage();
        }

        int frames = 0;
        while (_allowance.OnFrame(TimeSpan.Zero, FrameKind.Ping) is null)
        {
            frames++;
        }

        Assert.Equal(64 * ControlAllowance.Reserve, frames);
    }

    [Fact]
    public void A_session_ends_with_a_flood_of_pings()
    {
        SessionPair pair = SessionPair.Ready();
        for (int i = 0; i < 2 * ControlAllowance.Reserve && pair.Responder.Session.State == SessionState.Ready; i++)
        {
            pair.Responder.Session.HandleFrame(
                pair.Now, new Frame(new FrameHeader(0, FrameKind.Ping, FrameFlags.None, 0, (ulong)i), default));
            pair.Settle();
        }

        Assert.Equal(DisconnectReason.TooManyControlFrames, pair.Responder.End?.Reason);
    }
}
