namespace ActorP2P.Protocol.Tests;

public class PressureTests
{
    private static readonly TimeSpan s_long = Pressure.LongWait;
    private readonly MemoryBudget _memory = new(1000, new ReassemblyBudget(1));
    private readonly Pressure _pressure;
    private TimeSpan _now = TimeSpan.FromHours(1);

    public PressureTests() => _pressure = new Pressure(new RateSettings(), _memory);

    [Fact]
    public void A_peer_that_waits_alone_is_never_bound()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Pass(waiters: 1);
            Assert.Null(_pressure.ShareAt(_now));
        }
    }

    [Fact]
    public void Short_waits_of_many_are_no_pressure()
    {
        for (int i = 0; i < 1_000; i++)
        {
            _pressure.OnWaited($"{i % 10}", _now, s_long - TimeSpan.FromTicks(1));
            _now += TimeSpan.FromMilliseconds(7);
            Assert.Null(_pressure.ShareAt(_now));
        }
    }

    [Fact]
    public void Each_interval_of_pressure_halves_the_share()
    {
        double expected = Pressure.Most;
        for (int i = 0; i < 6; i++)
        {
            Pass(waiters: 2);
            Assert.Equal(expected, _pressure.ShareAt(_now));
            expected /= 2;
        }
    }

    [Fact]
    public void A_few_limited_peers_keep_the_full_rate()
    {
        Limit(Pressure.FullRates);
        Press(100);
        Assert.Equal(1, _pressure.ShareAt(_now));
    }

    [Fact]
    public void A_crowd_shares_the_full_rates_of_a_few()
    {
        Limit(256);
        Press(100);
        Assert.Equal(Pressure.FullRates / 256.0, _pressure.ShareAt(_now));
        for (int i = 0; i < 256; i++)
        {
            _pressure.OnLimited(isLimited: false);
        }

        Assert.Equal(0, _pressure.Limited);
        Assert.Equal(1, _pressure.ShareAt(_now));
    }

    [Fact]
    public void Rates_do_not_bind_any_more_some_time_after_the_pressure()
    {
        Limit(1_000_000);
        Press(100);
        double share = _pressure.ShareAt(_now)!.Value;
        Assert.Equal(1 / Pressure.Most, share);

        Pass(waiters: 0);
        Assert.InRange(_pressure.ShareAt(_now)!.Value, share * 1.09, share * 1.11);
        _now += TimeSpan.FromSeconds(6);
        Assert.Null(_pressure.ShareAt(_now));
    }

    [Fact]
    public void A_long_time_without_a_look_counts_as_no_pressure()
    {
        Press(1);
        _now += TimeSpan.FromDays(365);
        Assert.Null(_pressure.ShareAt(_now));
        Pass(waiters: 2);
        Assert.Equal(Pressure.Most, _pressure.ShareAt(_now));
    }

    [Fact]
    public void Tight_memory_is_pressure()
    {
        _memory.Charge(751);
        for (int i = 0; i < 20; i++)
        {
            Pass(waiters: 0);
            _pressure.ShareAt(_now);
        }

        Assert.Equal(1, _pressure.ShareAt(_now));
    }

    private void Limit(int peers)
    {
        for (int i = 0; i < peers; i++)
        {
            _pressure.OnLimited(isLimited: true);
        }
    }

    private void Press(int intervals)
    {
        for (int i = 0; i < intervals; i++)
        {
            Pass(waiters: 2);
            _pressure.ShareAt(_now);
        }
    }

    private void Pass(int waiters)
    {
        for (int i = 0; i < waiters; i++)
        {
            _pressure.OnWaited(i == 0 ? "a" : "b", _now, s_long);
            _pressure.OnWaited(i == 0 ? "a" : "b", _now, s_long);
        }

        _now += Pressure.Interval;
    }
}
