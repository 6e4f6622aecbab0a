using ActorP2P.Transport;

namespace ActorP2P.Simulation.Tests;

/// <summary>Each effect that a link or a host may have on bytes, tested alone.</summary>
public sealed class LinkTests
{
    private const int Many = 1000;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Jitter_adds_a_chance_delay_to_each_segment()
    {
        TimeSpan jitter = TimeSpan.FromMilliseconds(50);
        IReadOnlyList<TimeSpan> delays = Delays(new LinkConditions { Latency = Latency, Jitter = jitter }, seed: 1);

        Assert.InRange(delays.Min(), Latency, Latency + (jitter / 50));
        Assert.InRange(delays.Max(), Latency + (jitter * 0.98), Latency + jitter);
        Assert.InRange(delays.Average(delay => delay.TotalMilliseconds), 122, 128);
        Assert.Equal(delays, Delays(new LinkConditions { Latency = Latency, Jitter = jitter }, seed: 1));
        Assert.NotEqual(delays, Delays(new LinkConditions { Latency = Latency, Jitter = jitter }, seed: 2));
    }

    [Fact]
    public void Segments_of_one_connection_never_overtake_each_other() => TwoHosts.Run(
        new LinkConditions { Latency = Latency, Jitter = Latency, Loss = 0.2, SegmentBytes = 1 },
        async hosts =>
        {
            (RawEnd a, RawEnd b) = await hosts.ConnectAsync();
            byte[] sent = [.. Enumerable.Range(0, 250).Select(number => (byte)number)];
            await a.SendAsync(sent);

            Assert.Equal(sent, (await b.ReadAsync(sent.Length)).Bytes);
        });

    [Fact]
    public void A_lost_segment_arrives_after_a_pause_that_doubles()
    {
        IReadOnlyList<TimeSpan> delays = Delays(
            new LinkConditions { Latency = Latency, Loss = 0.3, RetransmitAfter = TimeSpan.FromMilliseconds(200) },
            seed: 1);

        int[] pauses = [.. delays.Select(delay => (int)(delay - Latency).TotalMilliseconds).Order()];
        Assert.All(pauses, pause => Assert.Contains(pause, (int[])[0, 200, 600, 1_400, 3_000, 6_200, 12_600, 25_400]));
        Assert.InRange(pauses.Count(pause => pause == 200), 160, 260);
        Assert.InRange(pauses.Count(pause => pause > 200), 60, 120);
    }

    [Fact]
    public void The_network_resets_connections_at_random_at_both_ends() => TwoHosts.Run(
        new LinkConditions { Latency = Latency, Resets = 0.2 },
        async hosts =>
        {
            int reset = 0;
            for (int i = 0; i < Many; i++)
            {
                (RawEnd a, RawEnd b) = await hosts.ConnectAsync();
                Task<OperationResult> waiting = a.ReceiveAsync(new byte[1]);
                await a.SendAsync(new byte[1]);
                TransportFault fault = (await b.ReadAsync(1)).Fault;
                if (fault == TransportFault.Reset)
                {
                    Assert.Equal(TransportFault.Reset, (await waiting).Error.Fault);
                    reset++;
                }
                else
                {
                    Assert.Equal((TransportFault.None, false), (fault, waiting.IsCompleted));
                }
            }

            Assert.InRange(reset, 160, 240);
        });

    [Theory]
    [InlineData(14_600, 0)]
    [InlineData(14_601, 1)]
    [InlineData(43_800, 1)]
    [InlineData(43_801, 2)]
    [InlineData(102_200, 2)]
    [InlineData(102_201, 3)]
    public void Slow_start_takes_a_round_trip_for_each_doubling(int bytes, int roundTrips) => TwoHosts.Run(
        new LinkConditions { Latency = Latency, SlowStart = true },
        async hosts =>
        {
            (RawEnd a, RawEnd b) = await hosts.ConnectAsync();
            TimeSpan start = hosts.Now;
            Task<OperationResult> sent = a.SendAsync(new byte[bytes]);
            await b.ReadAsync(bytes);

            Assert.Equal(Latency + (2 * roundTrips * Latency), hosts.Now - start);
            Assert.Equal(bytes, (await sent).Bytes);
        });

    [Fact]
    public void After_slow_start_a_connection_is_as_fast_as_without() => TwoHosts.Run(
        new LinkConditions { Latency = Latency, SlowStart = true },
        async hosts =>
        {
            (RawEnd a, RawEnd b) = await hosts.ConnectAsync();
            int window = new LinkConditions().WindowBytes;
            for (int i = 0; i < 2; i++)
            {
                _ = a.SendAsync(new byte[window]);
                await b.ReadAsync(window);
                await hosts.Delay(Latency);
            }

            TimeSpan start = hosts.Now;
            _ = a.SendAsync(new byte[window]);
            await b.ReadAsync(window);
            Assert.Equal(Latency, hosts.Now - start);
        });

    [Fact]
    public void A_connect_is_refused_by_chance_although_somebody_listens() => TwoHosts.Run(
        new LinkConditions { Latency = Latency, Refusals = 0.3 },
        async hosts =>
        {
            int refused = 0;
            for (int i = 0; i < Many; i++)
            {
                TimeSpan start = hosts.Now;
                try
                {
                    await hosts.ConnectAsync();
                }
                catch (TransportException refusal)
                {
                    Assert.Equal((TransportFault.Refused, 2 * Latency), (refusal.Error.Fault, hosts.Now - start));
                    refused++;
                }
            }

            Assert.InRange(refused, 250, 350);
        });

    [Fact]
    public void Connections_of_one_link_share_its_bandwidth_in_order() => TwoHosts.Run(
        new LinkConditions { Latency = Latency, BytesPerSecond = 1_000, SegmentBytes = 500 },
        async hosts =>
        {
            (RawEnd a1, RawEnd b1) = await hosts.ConnectAsync();
            (RawEnd a2, RawEnd b2) = await hosts.ConnectAsync();
            TimeSpan start = hosts.Now + Latency;
            Task<IReadOnlyList<double>> first = SecondsAsync(b1, 2_000, 500);
            Task<IReadOnlyList<double>> second = SecondsAsync(b2, 1_000);
            Task<IReadOnlyList<double>> back = SecondsAsync(a1, 1_000);
            await a1.SendAsync(new byte[2_000]);
            await a2.SendAsync(new byte[1_000]);
            await a1.SendAsync(new byte[500]);
            await b1.SendAsync(new byte[1_000]);

            Assert.Equal([2, 3.5], await first);
            Assert.Equal([3], await second);
            Assert.Equal([1], await back);

            async Task<IReadOnlyList<double>> SecondsAsync(RawEnd end, params int[] parts)
            {
                List<double> seconds = [];
                foreach (int bytes in parts)
                {
                    await end.ReadAsync(bytes);
                    seconds.Add((hosts.Now - start).TotalSeconds);
                }

                return seconds;
            }
        });

    [Fact]
    public void A_slow_host_reads_at_its_rate_and_its_sender_waits_for_it() => TwoHosts.Run(
        new LinkConditions { Latency = Latency, WindowBytes = 100_000, SegmentBytes = 10_000 },
        async hosts =>
        {
            (RawEnd a, RawEnd b) = await hosts.ConnectAsync();
            hosts.Network.SetReadRate("b", 10_000);
            TimeSpan start = hosts.Now;
            Task<OperationResult> sending = a.SendAsync(new byte[400_000]);

            await b.ReadAsync(200_000);
            Assert.InRange(hosts.Now - start, TimeSpan.FromSeconds(19.9), TimeSpan.FromSeconds(20.5));
            Assert.False(sending.IsCompleted);

            await b.ReadAsync(110_000);
            Assert.InRange(hosts.Now - start, TimeSpan.FromSeconds(30.9), TimeSpan.FromSeconds(31.5));
            await sending;

            hosts.Network.SetReadRate("b", null);
            start = hosts.Now;
            await b.ReadAsync(90_000);
            Assert.InRange(hosts.Now - start, TimeSpan.Zero, 2 * Latency);
        });

    [Fact]
    public void Only_the_sent_bytes_of_a_killed_process_arrive() => TwoHosts.Run(
        new LinkConditions { Latency = Latency, WindowBytes = 100_000, SegmentBytes = 10_000 },
        async hosts =>
        {
            (RawEnd a, RawEnd b) = await hosts.ConnectAsync();
            Task<OperationResult> sending = a.SendAsync(new byte[400_000]);
            hosts.Network.Kill("a", DeathKind.Process);
            (byte[] bytes, TransportFault fault) = await b.ReadAsync(400_000);

            Assert.Equal((100_000, TransportFault.Reset), (bytes.Length, fault));
            await hosts.Delay(TimeSpan.FromMinutes(1));
            Assert.False(sending.IsCompleted);
        });

    [Fact]
    public void A_host_without_power_is_noticed_when_the_kernel_gives_up() => TwoHosts.Run(
        new LinkConditions { Latency = Latency },
        async hosts =>
        {
            (_, RawEnd b) = await hosts.ConnectAsync();
            hosts.Network.Kill("a", DeathKind.Host);
            Task<OperationResult> waiting = b.ReceiveAsync(new byte[1]);
            await hosts.Delay(TimeSpan.FromHours(1));
            Assert.False(waiting.IsCompleted);

            TimeSpan start = hosts.Now;
            await b.SendAsync(new byte[1]);
            Assert.Equal(TransportFault.TimedOut, (await waiting).Error.Fault);

            // This is the time of 15 retransmissions of Linux.
            Assert.Equal(TimeSpan.FromSeconds(924.6), hosts.Now - start);
        });

    private static IReadOnlyList<TimeSpan> Delays(LinkConditions conditions, ulong seed)
    {
        IReadOnlyList<TimeSpan> delays = [];
        TwoHosts.Run(
            conditions,
            async hosts =>
            {
                (RawEnd a, RawEnd b) = await hosts.ConnectAsync();
                delays = await hosts.DelaysAsync(a, b, Many);
            },
            seed);
        return delays;
    }
}
