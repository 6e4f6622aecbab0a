namespace ActorP2P.Protocol.Tests;

public class CreditWindowsTests
{
    private const int First = 256 * 1024;
    private const int Largest = 16 * 1024 * 1024;

    private static readonly SessionSettings Modest = new SessionSettings { MaxCreditWindow = 2 * First }.Validated();
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    private readonly CreditBook _book = new(First);
    private TimeSpan _now = TimeSpan.FromHours(1);

    [Fact]
    public void A_window_doubles_when_it_is_finished_within_two_delays()
    {
        CreditWindows windows = Windows();
        Quarters(windows, 5, RoundTrip / 4);
        Assert.Equal(2 * First, _book.Window(CreditClass.Notify));
        Assert.Equal(First, _book.Window(CreditClass.Request));
    }

    [Fact]
    public void A_window_that_lasts_longer_than_two_delays_stays()
    {
        CreditWindows windows = Windows();
        Quarters(windows, 100, RoundTrip * 0.6);
        Assert.Equal(First, _book.Window(CreditClass.Notify));
    }

    [Fact]
    public void A_window_grows_to_its_largest_and_no_further()
    {
        MemoryBudget memory = Given.Memory();
        CreditWindows windows = Windows(memory);
        Quarters(windows, 100, TimeSpan.FromMilliseconds(1));
        Assert.Equal(Largest, _book.Window(CreditClass.Notify));
        Assert.Equal(Largest - First, memory.Grown);
    }

    [Fact]
    public void The_delay_of_a_busy_machine_counts_for_near_peers()
    {
        CreditWindows windows = Windows();
        Quarters(windows, 5, TimeSpan.FromMilliseconds(1.9), roundTrip: TimeSpan.FromMicroseconds(50));
        Assert.Equal(2 * First, _book.Window(CreditClass.Notify));
    }

    [Fact]
    public void A_slow_handshake_gets_no_larger_windows()
    {
        CreditWindows windows = Windows();
        Quarters(windows, 100, TimeSpan.FromSeconds(0.6), roundTrip: TimeSpan.FromSeconds(9));
        Assert.Equal(First, _book.Window(CreditClass.Notify));
    }

    [Fact]
    public void An_unused_window_halves_every_ten_seconds()
    {
        MemoryBudget memory = Given.Memory();
        CreditWindows windows = Windows(memory);
        Quarters(windows, 100, TimeSpan.FromMilliseconds(1));

        _now += TimeSpan.FromSeconds(10);
        windows.Shrink(_now);
        Assert.Equal(Largest / 2, _book.Window(CreditClass.Notify));
        _now += TimeSpan.FromSeconds(60);
        windows.Shrink(_now);
        Assert.Equal(First, _book.Window(CreditClass.Notify));
        Assert.Equal(0, memory.Grown);
    }

    [Fact]
    public void A_window_that_shrinks_takes_no_grant_back()
    {
        CreditWindows windows = Windows();
        Quarters(windows, 100, TimeSpan.FromMilliseconds(1));
        long limit = _book.Limit(CreditClass.Notify);
        _now += TimeSpan.FromMinutes(2);
        windows.Shrink(_now);

        Assert.Equal(limit, _book.Renew(CreditClass.Notify));
        int left = (int)(limit - _book.Used(CreditClass.Notify));
        Assert.True(_book.TryUse(CreditClass.Notify, left));
        Assert.True(_book.Finish(CreditClass.Notify, left));
        Assert.Equal(limit + First, _book.Renew(CreditClass.Notify));
    }

    [Fact]
    public void Without_room_no_window_grows()
    {
        MemoryBudget memory = new(8 * First, new ReassemblyBudget(1));
        CreditWindows windows = Windows(memory);
        Quarters(windows, 100, TimeSpan.FromMilliseconds(1));

        // The windows may take 4 of the 8. The second step would take 2 of the remaining 3.
        Assert.Equal(2 * First, _book.Window(CreditClass.Notify));
        Assert.Equal(First, memory.Grown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_memory_of_windows_is_returned_at_the_end(bool inOrder)
    {
        SessionPair pair = SessionPair.Ready(Modest, Modest, RoundTrip / 2);
        Stream(pair, 6 * RoundTrip);
        Assert.Equal(Modest.MaxCreditWindow - First, pair.Responder.Memory.Grown);

        if (inOrder)
        {
            pair.Initiator.Session.Close(pair.Now, DisconnectReason.ApplicationClosed, "");
            pair.Advance(TimeSpan.FromSeconds(10));
        }
        else
        {
            pair.Responder.Session.OnTransportClosed(DisconnectReason.ConnectionReset, "");
        }

        Assert.Equal(SessionState.Closed, pair.Responder.Session.State);
        Assert.Equal(0, pair.Responder.Memory.Grown);
    }

    [Fact]
    public void Handlers_that_are_slow_make_no_window_grow()
    {
        SessionPair pair = SessionPair.Ready(latency: RoundTrip / 2);
        pair.Responder.FinishesAtOnce = false;
        for (int i = 0; i < 40; i++)
        {
            Stream(pair, 3 * RoundTrip);
            pair.Responder.Finish(FrameKind.Notify);
            pair.Responder.Happened.Clear();
        }

        Assert.Equal(First, pair.Responder.Session.ReceivingCredit.Window(CreditClass.Notify));
    }

    [Fact]
    public void Windows_shrink_at_pings_of_either_side()
    {
        SessionPair pair = SessionPair.Ready(Modest, Modest, RoundTrip / 2);
        Stream(pair, 6 * RoundTrip);
        pair.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, pair.Responder.Memory.Grown);
        Assert.Equal(SessionState.Ready, pair.Responder.Session.State);
    }

    [Theory]
    [InlineData(SessionRole.Initiator)]
    [InlineData(SessionRole.Responder)]
    public void The_handshake_measures_the_round_trip(object anyRole)
    {
        SessionRole role = (SessionRole)anyRole;
        SessionPair pair = SessionPair.Ready(latency: RoundTrip / 2);
        Assert.Equal(RoundTrip, (role == SessionRole.Initiator ? pair.Initiator : pair.Responder).Session.RoundTrip);
    }

    private static CreditWindows Windows(CreditBook book, MemoryBudget? memory) =>
        new(book, Given.Settings, memory ?? Given.Memory());

    private CreditWindows Windows(MemoryBudget? memory = null) => Windows(_book, memory);

    /// <summary>Finishes notifies in quarters of the window, one for each period of <paramref name="every"/>.</summary>
    private void Quarters(CreditWindows windows, int count, TimeSpan every, TimeSpan? roundTrip = null)
    {
        for (int i = 0; i < count; i++)
        {
            int quarter = _book.Window(CreditClass.Notify) / 4;
            Assert.True(_book.TryUse(CreditClass.Notify, quarter));
            _book.Finish(CreditClass.Notify, quarter);
            windows.OnQuarter(CreditClass.Notify, _now, roundTrip ?? RoundTrip);
            _book.Renew(CreditClass.Notify);
            _now += every;
        }
    }

    /// <summary>Keeps the initiator's queue full for some time.</summary>
    private static void Stream(SessionPair pair, TimeSpan time)
    {
        for (TimeSpan until = pair.Now + time; pair.Now < until; pair.Advance(TimeSpan.FromMilliseconds(1)))
        {
            while (pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, 60_000))
                == SendResult.Accepted)
            {
            }
        }
    }
}
