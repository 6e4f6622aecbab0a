namespace ActorP2P.Protocol.Tests;

/// <summary>A peer that sends as much as it has credit for, and a node under pressure or not.</summary>
public class RateTests
{
    private static readonly TimeSpan s_tenSeconds = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_lone_peer_is_not_slowed_down()
    {
        Flood flood = new(new RateSettings { MessagesPerSecond = 100, BytesPerSecond = 10_000 });
        int free = flood.Run(s_tenSeconds, length: 100, isPressed: false);
        int unlimited = new Flood(rates: null).Run(s_tenSeconds, length: 100, isPressed: false);

        Assert.Equal(unlimited, free);
        Assert.False(flood.WasLimited);
    }

    [Theory]
    [InlineData(FrameKind.Notify)]
    [InlineData(FrameKind.Broadcast)]
    public void Under_pressure_the_messages_of_a_second_are_bound(FrameKind kind)
    {
        Flood flood = new(new RateSettings { MessagesPerSecond = 200 });
        flood.Run(s_tenSeconds, length: 100, isPressed: true, kind);
        int later = flood.Run(s_tenSeconds, length: 100, isPressed: true, kind);

        Assert.InRange(later, 1_900, 2_100);
        Assert.True(flood.WasLimited);
    }

    [Fact]
    public void Under_pressure_the_bytes_of_a_second_are_bound()
    {
        Flood flood = new(new RateSettings { BytesPerSecond = 200_000 });
        flood.Run(s_tenSeconds, length: 10_000, isPressed: true);
        int later = flood.Run(s_tenSeconds, length: 10_000, isPressed: true);

        Assert.InRange(later * (10_000 + CreditBook.PerMessage), 1_900_000, 2_100_000);
    }

    [Fact]
    public void A_peer_below_its_rate_is_not_slowed_down_by_pressure()
    {
        Flood flood = new(new RateSettings { MessagesPerSecond = 200 });
        for (int i = 0; i < 1_000; i++)
        {
            flood.Press();
            flood.Send(FrameKind.Notify, 100);
            flood.Pair.Advance(TimeSpan.FromMilliseconds(10));
            Assert.Equal(i + 1, flood.Received);
        }

        Assert.False(flood.WasLimited);
    }

    [Fact]
    public void After_the_pressure_the_peer_has_its_speed_again()
    {
        Flood flood = new(new RateSettings { MessagesPerSecond = 10 });
        flood.Run(s_tenSeconds, length: 100, isPressed: true);
        flood.Run(s_tenSeconds, length: 100, isPressed: false);
        int again = flood.Run(s_tenSeconds, length: 100, isPressed: false);

        Assert.Equal(new Flood(rates: null).Run(s_tenSeconds, length: 100, isPressed: false), again);
        Assert.Equal(0, flood.Pressure!.Limited);
    }

    [Fact]
    public void The_average_holds_without_pressure_over_the_connections_life()
    {
        Flood flood = new(new RateSettings { AverageMessagesPerSecond = 10 });
        flood.Run(TimeSpan.FromMinutes(10), length: 1_000, isPressed: false);
        int later = flood.Run(TimeSpan.FromMinutes(10), length: 1_000, isPressed: false);
        Assert.InRange(later, 5_900, 6_100);
    }

    [Fact]
    public void Messages_not_sent_so_far_count_for_the_average()
    {
        Flood flood = new(new RateSettings { AverageMessagesPerSecond = 10 });
        flood.Pair.Advance(TimeSpan.FromMinutes(10));
        int unlimited = new Flood(rates: null).Run(s_tenSeconds, length: 1_000, isPressed: false);
        Assert.Equal(unlimited, flood.Run(s_tenSeconds, length: 1_000, isPressed: false));
        Assert.InRange(unlimited, 1_000, 6_000);
    }

    [Fact]
    public void The_lowest_rates_still_grant_a_frame_in_time()
    {
        Flood flood = new(new RateSettings { MessagesPerSecond = 1, BytesPerSecond = 1, AverageMessagesPerSecond = 1 });
        flood.Run(TimeSpan.FromMinutes(10), length: 50_000, isPressed: true);

        // A sender whose message waits for a minute without credit gives the connection up.
        Assert.Equal(SessionState.Ready, flood.Pair.Initiator.Session.State);
        Assert.Equal(SessionState.Ready, flood.Pair.Responder.Session.State);
    }

    [Fact]
    public void Withheld_credit_does_not_delay_a_drain()
    {
        Flood flood = new(new RateSettings { MessagesPerSecond = 1, BytesPerSecond = 1 });
        flood.Run(s_tenSeconds, length: 50_000, isPressed: true);
        Assert.True(flood.WasLimited);

        flood.Pair.Initiator.Session.Close(flood.Pair.Now, DisconnectReason.ApplicationClosed, "");
        flood.Pair.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(DisconnectReason.ApplicationClosed, flood.Pair.Responder.End?.Reason);
        Assert.Equal(0, flood.Pair.Initiator.Session.QueuedBytes);
        Assert.Equal(0, flood.Pressure!.Limited);
    }

    [Fact]
    public void A_session_that_ends_is_limited_no_longer()
    {
        Flood flood = new(new RateSettings { MessagesPerSecond = 1 });
        flood.Run(s_tenSeconds, length: 1_000, isPressed: true);
        Assert.Equal(1, flood.Pressure!.Limited);

        flood.Pair.Responder.Session.OnTransportClosed(DisconnectReason.ConnectionLost, "");
        Assert.Equal(0, flood.Pressure.Limited);
    }

    /// <summary>A pair of sessions of which one sends all that it may.</summary>
    private sealed class Flood
    {
        public Flood(RateSettings? rates)
        {
            if (rates is not null)
            {
                Pressure = new Pressure(rates, Pair.Responder.Memory);
                Pair.Responder.Session.Grants.Rate = new PeerRate(Pressure, Pair.Now);
            }
        }

        public SessionPair Pair { get; } = SessionPair.Ready();

        public Pressure? Pressure { get; }

        public bool WasLimited { get; private set; }

        public int Received => Pair.Responder.Count(FrameKind.Notify) + Pair.Responder.Count(FrameKind.Broadcast);

        public int Run(TimeSpan time, int length, bool isPressed, FrameKind kind = FrameKind.Notify)
        {
            TimeSpan step = TimeSpan.FromMilliseconds(20);
            for (TimeSpan end = Pair.Now + time; Pair.Now < end;)
            {
                // The share settles at the full rate, because a single peer is limited.
                if (isPressed)
                {
                    Press();
                }

                int sent = 0;
                while (Pair.Initiator.Session.QueuedBytes == 0 && sent++ < 20)
                {
                    Send(kind, length);
                }

                Pair.Advance(step);
                WasLimited |= Pressure?.Limited > 0;
            }

            int received = Received;
            Pair.Responder.Happened.Clear();
            Pair.Initiator.Wrote.Clear();
            return received;
        }

        public void Press()
        {
            Pressure!.OnWaited("a", Pair.Now, Protocol.Pressure.LongWait);
            Pressure.OnWaited("b", Pair.Now, Protocol.Pressure.LongWait);
        }

        public void Send(FrameKind kind, int length)
        {
            Pair.Initiator.Session.Send(Pair.Now, Given.Message(kind, 0, length));
            Pair.Settle();
        }
    }
}
