using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>Makes actors until the last has started, then stops them until the last has ended.</summary>
internal sealed class EngineSpawnMeasure : Measure
{
    private const int Actors = 50_000;

    public override IReadOnlyList<string> Names { get; } = ["engine-spawn-k/s", "engine-stop-k/s"];

    public override async Task<double[]> NodeAsync()
    {
        ActorSystem system = ActorSystem.Create("bench");
        Counter started = new();
        Counter ended = new();
        IActorRef[] actors = new IActorRef[Actors];
        Props props = Props.Create(() => new Mayfly(started, ended));
        double[] rates = await SampleAsync(started, ended, i => actors[i] = system.ActorOf(props), i => system.Stop(actors[i]));
        await system.Terminate();
        return rates;
    }

    public override Task<double[]> RawAsync()
    {
        Counter started = new();
        Counter ended = new();
        ChannelMayfly[] actors = new ChannelMayfly[Actors];
        return SampleAsync(started, ended, i => actors[i] = new ChannelMayfly(started, ended), i => actors[i].Stop());
    }

    private static async Task<double[]> SampleAsync(Counter started, Counter ended, Action<int> start, Action<int> stop) =>
        [await SampleAsync(started, start), await SampleAsync(ended, stop)];

    private static async Task<double> SampleAsync(Counter counter, Action<int> change)
    {
        Task all = counter.ReachAsync(Actors);
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < Actors; i++)
        {
            change(i);
        }

        await all;
        return Actors / 1e3 / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private sealed class Mayfly(Counter started, Counter ended) : UntypedActor
    {
        protected override void PreStart() => started.Add(1);

        protected override void PostStop() => ended.Add(1);

        protected override void OnReceive(object message)
        {
        }
    }
}
