namespace ActorP2P.Protocol.Tests;

public class SeenCacheTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    [Fact]
    public void A_flood_from_one_source_evicts_its_own_ids_only()
    {
        SeenCache cache = new(1000, 100, Lifetime);
        for (int i = 0; i < 50; i++)
        {
            cache.Add(TimeSpan.Zero, Id(i), 1);
        }

        for (int i = 1000; i < 3000; i++)
        {
            cache.Add(TimeSpan.Zero, Id(i), 2);
        }

        Assert.Equal(150, cache.Count);
        Assert.All(Enumerable.Range(0, 50), i => Assert.NotNull(cache.Find(Id(i))));
        Assert.Null(cache.Find(Id(1000)));
        Assert.NotNull(cache.Find(Id(2999)));
    }

    [Fact]
    public void A_full_cache_takes_the_room_of_the_largest_source()
    {
        SeenCache cache = new(30, 25, Lifetime);
        for (int i = 0; i < 10; i++)
        {
            cache.Add(TimeSpan.Zero, Id(i), 1);
        }

        for (int i = 100; i < 120; i++)
        {
            cache.Add(TimeSpan.Zero, Id(i), 2);
        }

        cache.Add(TimeSpan.Zero, Id(500), 3);
        Assert.Equal(30, cache.Count);
        Assert.Null(cache.Find(Id(100)));
        Assert.NotNull(cache.Find(Id(0)));
    }

    [Fact]
    public void Ids_leave_after_their_lifetime_and_empty_sources_with_them()
    {
        SeenCache cache = new(1000, 100, Lifetime);
        cache.Add(TimeSpan.Zero, Id(1), 1);
        cache.Add(TimeSpan.FromMinutes(1), Id(2), 2);
        cache.Sweep(Lifetime - TimeSpan.FromTicks(1));
        Assert.Equal(2, cache.Count);
        cache.Sweep(Lifetime);
        Assert.Null(cache.Find(Id(1)));
        Assert.NotNull(cache.Find(Id(2)));
        Assert.Equal(1, cache.Sources);
        cache.Sweep(TimeSpan.FromHours(1));
        Assert.Equal(0, cache.Count + cache.Sources);
    }

    [Fact]
    public void An_id_forgotten_and_met_again_stays_for_its_own_lifetime()
    {
        SeenCache cache = new(1000, 100, Lifetime);
        cache.Add(TimeSpan.Zero, Id(1), 1);
        cache.Remove(Id(1));
        cache.Add(TimeSpan.FromSeconds(110), Id(1), 2);
        cache.Sweep(Lifetime);
        Assert.NotNull(cache.Find(Id(1)));
    }

    [Fact]
    public void Ids_that_are_forgotten_take_no_room_at_their_source()
    {
        SeenCache cache = new(1000, 3, Lifetime);
        cache.Add(TimeSpan.Zero, Id(1), 1);
        for (int i = 10; i < 100; i++)
        {
            cache.Add(TimeSpan.Zero, Id(i), 1);
            cache.Remove(Id(i));
        }

        Assert.NotNull(cache.Find(Id(1)));
        cache.Remove(Id(1));
        Assert.Equal(0, cache.Count + cache.Sources);
    }

    [Fact]
    public void A_cache_never_exceeds_its_bounds()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            Random random = new(seed);
            SeenCache cache = new(50, 20, Lifetime);
            TimeSpan now = TimeSpan.Zero;
            for (int step = 0; step < 2000; step++)
            {
                BroadcastId id = Id(random.Next(200));
                switch (random.Next(10))
                {
                    case 0:
                        cache.Remove(id);
                        break;
                    case 1:
                        now += TimeSpan.FromSeconds(random.Next(30));
                        cache.Sweep(now);
                        break;
                    default:
                        if (cache.Find(id) is null)
                        {
                            cache.Add(now, id, random.Next(step));
                            Assert.NotNull(cache.Find(id));
                        }

                        break;
                }

                Assert.True(cache.Count <= 50 && cache.Sources <= cache.Count, $"seed {seed}, step {step}");
            }
        }
    }

    private static BroadcastId Id(int number) => new(0, (ulong)number);
}
