namespace ActorP2P.Transport.Tests;

public sealed class SparePoolTests
{
    [Fact]
    public void Returned_objects_are_reused_up_to_the_capacity()
    {
        SparePool<Thing> pool = new(2);
        Thing[] things = [.. Enumerable.Range(0, 5).Select(_ => pool.Rent())];
        Assert.Equal(5, things.Distinct().Count());
        Array.ForEach(things, pool.Return);

        Thing[] again = [.. Enumerable.Range(0, 5).Select(_ => pool.Rent())];
        Assert.Equal(5, again.Distinct().Count());
        Assert.Equal(3, again.Intersect(things).Count());
    }

    [Fact]
    public async Task No_object_is_given_to_two_users_at_a_time()
    {
        SparePool<Thing> pool = new(4);
        int shared = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                Thing thing = pool.Rent();
                if (Interlocked.Exchange(ref thing.Holders, 1) != 0)
                {
                    Interlocked.Increment(ref shared);
                }

                Volatile.Write(ref thing.Holders, 0);
                pool.Return(thing);
            }
        })));
        Assert.Equal(0, shared);
    }

    private sealed class Thing
    {
        public int Holders;
    }
}
