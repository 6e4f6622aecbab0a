using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>One question to an actor after the other.</summary>
internal sealed class EngineAskMeasure : Measure
{
    private const int Asks = 100_000;

    public override IReadOnlyList<string> Names { get; } = ["engine-ask-k/s"];

    public override async Task<double[]> NodeAsync()
    {
        ActorSystem system = ActorSystem.Create("bench");
        IActorRef actor = system.ActorOf(Props.Create(() => new CountingActor(new Counter())));
        double rate = await SampleAsync(() => actor.Ask(CountingActor.Question));
        await system.Terminate();
        return [rate];
    }

    public override async Task<double[]> RawAsync()
    {
        ChannelActor actor = new(new Counter());
        double rate = await SampleAsync(actor.AskAsync);
        actor.Stop();
        return [rate];
    }

    // Off the main thread: continuations come back to the pool, as an application's would.
    private static Task<double> SampleAsync(Func<Task<object>> ask) => Task.Run(async () =>
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Asks; i++)
        {
            await ask();
        }

        return Asks / 1e3 / Stopwatch.GetElapsedTime(start).TotalSeconds;
    });
}
