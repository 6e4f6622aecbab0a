using Akka.Streams;
using Akka.Streams.Dsl;

namespace ActorP2P.Determinism.Tests;

public sealed class StreamIdiomTests
{
    [Fact]
    public void A_source_runs_through_a_flow_into_a_sink() => Idiom.Holds(async scene =>
    {
        int sum = await Source.From(Enumerable.Range(1, 100)).Select(static number => number * 2)
            .RunAggregate(0, static (total, number) => total + number, scene.System.Materializer());
        Assert.Equal(10_100, sum);
    });

    [Fact]
    public void An_async_boundary_splits_the_stream_in_actors() => Idiom.Holds(async scene =>
    {
        IEnumerable<int> all = await Source.From(Enumerable.Range(1, 50)).Select(static number => number + 1).Async()
            .Select(static number => number * 2).Async().RunWith(Sink.Seq<int>(), scene.System.Materializer());
        Assert.Equal(Enumerable.Range(1, 50).Select(static number => (number + 1) * 2), all);
    });

    [Fact]
    public void SelectAsync_waits_in_virtual_time() => Idiom.Holds(async scene =>
    {
        IEnumerable<int> all = await Source.From(Enumerable.Range(1, 6)).SelectAsync(2, number => Slow(scene, number))
            .RunWith(Sink.Seq<int>(), scene.System.Materializer());
        Assert.Equal(Enumerable.Range(1, 6), all);
        Assert.Equal(TimeSpan.FromHours(3), scene.Now);
    });

    [Fact]
    public void SelectAsync_paces_elements_in_place_of_Throttle() => Idiom.Holds(async scene =>
    {
        await Source.From(Enumerable.Range(1, 3)).SelectAsync(1, number => Slow(scene, number))
            .RunForeach(number => scene.Say(number), scene.System.Materializer());
        Assert.Equal(["1 at 3600", "2 at 7200", "3 at 10800"], scene.Said);
    });

    [Fact]
    public void A_tick_source_ticks_in_virtual_time() => Idiom.Holds(async scene =>
    {
        await Source.Tick(TimeSpan.FromHours(1), TimeSpan.FromHours(2), "tick").Take(3)
            .RunForeach(tick => scene.Say(tick), scene.System.Materializer());
        Assert.Equal(["tick at 3600", "tick at 10800", "tick at 18000"], scene.Said);
    });

    [Fact]
    public void GroupedWithin_gives_the_elements_of_a_span() => Idiom.Holds(async scene =>
    {
        await Source.Tick(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), 1).Take(5)
            .GroupedWithin(100, TimeSpan.FromSeconds(2))
            .RunForeach(group => scene.Said.Add($"{group.Count()}"), scene.System.Materializer());
        Assert.Equal(["2", "2", "1"], scene.Said);
    });

    [Fact]
    public void TakeWithin_and_SkipWithin_go_by_virtual_time() => Idiom.Holds(async scene =>
    {
        IEnumerable<int> kept = await Source.Tick(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), 1)
            .Scan(0, static (count, one) => count + one)
            .SkipWithin(TimeSpan.FromSeconds(2)).TakeWithin(TimeSpan.FromSeconds(5))
            .RunWith(Sink.Seq<int>(), scene.System.Materializer());
        Assert.Equal([3, 4, 5], kept);
    });

    [Fact]
    public void CompletionTimeout_ends_a_stream_in_virtual_time() => Idiom.Holds(async scene =>
    {
        await Assert.ThrowsAnyAsync<TimeoutException>(() => Source.Maybe<int>().CompletionTimeout(TimeSpan.FromHours(1))
            .RunWith(Sink.Ignore<int>(), scene.System.Materializer()));
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
    });

    [Fact]
    public void InitialTimeout_ends_a_stream_in_virtual_time() => Idiom.Holds(async scene =>
    {
        await Assert.ThrowsAnyAsync<TimeoutException>(() => Source.Maybe<int>().InitialTimeout(TimeSpan.FromHours(1))
            .RunWith(Sink.Ignore<int>(), scene.System.Materializer()));
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
    });

    [Fact]
    public void Queues_actors_and_asks_feed_a_stream() => Idiom.Holds(async scene =>
    {
        (ISourceQueueWithComplete<int> queue, Task<System.Collections.Immutable.IImmutableList<int>> done) = Source
            .Queue<int>(10, OverflowStrategy.Backpressure).ToMaterialized(Sink.Seq<int>(), Keep.Both)
            .Run(scene.System.Materializer());
        foreach (int number in new[] { 1, 2, 3 })
        {
            await queue.OfferAsync(number);
        }
        queue.Complete();
        Assert.Equal([1, 2, 3], await done);
    });

    [Fact]
    public void An_actor_feeds_a_stream_and_hears_its_end() => Idiom.Holds(async scene =>
    {
        IActorRef listener = scene.System.ActorOf(new Hooks { Receive = (message, _) => scene.Say(message) }.ToProps());
        IActorRef source = Source.ActorRef<string>(10, OverflowStrategy.DropHead)
            .To(Sink.ActorRef<string>(listener, "end", static failure => failure.Message))
            .Run(scene.System.Materializer());
        source.Tell("a");
        await scene.PassHours(1);
        source.Tell(new Status.Success("done"));
        await scene.PassSeconds(1);
        Assert.Equal(["a at 0", "end at 3600"], scene.Said);
    });

    [Fact]
    public void Merges_and_hubs_repeat_for_a_seed() => Idiom.Holds(async scene =>
    {
        Source<int, Akka.NotUsed> left = Source.From(Enumerable.Range(0, 10)).Async();
        Source<int, Akka.NotUsed> right = Source.From(Enumerable.Range(100, 10)).Async();
        IEnumerable<int> merged = await left.Merge(right).RunWith(Sink.Seq<int>(), scene.System.Materializer());
        scene.Say(string.Join(" ", merged));
        Assert.Equal(20, merged.Count());
    });

    [Fact]
    public void A_kill_switch_ends_a_stream() => Idiom.Holds(async scene =>
    {
        (UniqueKillSwitch stop, Task<Akka.Done> done) = Source.Tick(TimeSpan.Zero, TimeSpan.FromMinutes(1), 1)
            .ViaMaterialized(KillSwitches.Single<int>(), Keep.Right).ToMaterialized(Sink.Ignore<int>(), Keep.Both)
            .Run(scene.System.Materializer());
        await scene.PassHours(1);
        stop.Shutdown();
        await done;
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
    });

    [Theory]
    [InlineData("Throttle")]
    [InlineData("Delay")]
    [InlineData("IdleTimeout")]
    [InlineData("BackpressureTimeout")]
    [InlineData("KeepAlive")]
    [InlineData("MergePrioritized")]
    [InlineData("RestartSource")]
    public void A_stage_that_reads_the_real_clock_is_refused(string stage)
    {
        Scene scene = new(1, new SimulationOptions(), null);
        TimeSpan second = TimeSpan.FromSeconds(1);
        Source<int, Akka.NotUsed> numbers = Source.From(Enumerable.Range(0, 10));
        Source<int, Akka.NotUsed> refused = stage switch
        {
            "Throttle" => numbers.Throttle(1, second, 1, ThrottleMode.Shaping),
            "Delay" => numbers.Delay(second),
            "IdleTimeout" => numbers.IdleTimeout(second),
            "BackpressureTimeout" => numbers.BackpressureTimeout(second),
            "KeepAlive" => numbers.KeepAlive(second, static () => 0),
            "MergePrioritized" => Merged(numbers),
            _ => RestartSource.WithBackoff(() => numbers, RestartSettings.Create(second, second, 0)),
        };
        NotSupportedException reason = Assert.Throws<NotSupportedException>(
            () => { _ = refused.RunWith(Sink.Ignore<int>(), scene.System.Materializer()); });
        Assert.Contains("In its place use", reason.Message, StringComparison.Ordinal);
    }

    private static Source<int, Akka.NotUsed> Merged(Source<int, Akka.NotUsed> numbers) =>
        Source.FromGraph(GraphDsl.Create(builder =>
        {
            UniformFanInShape<int, int> merge = builder.Add(new MergePrioritized<int>([1, 2]));
            builder.From(numbers).To(merge.In(0));
            builder.From(numbers).To(merge.In(1));
            return new SourceShape<int>(merge.Out);
        }));

    private static async Task<int> Slow(Scene scene, int number)
    {
        await Task.Delay(TimeSpan.FromHours(1), scene.Time);
        return number;
    }
}
