using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>Many askers at once, each one question after the other, all to one actor.</summary>
internal sealed class EngineManyAsksMeasure(int inFlight) : Measure
{
    private const int Asks = 300_000;

    public override IReadOnlyList<string> Names { get; } = [$"engine-ask-x{inFlight}-k/s"];

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

    private async Task<double> SampleAsync(Func<Task<object>> ask)
    {
        int each = Asks / inFlight;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < each; i++)
            {
                await ask();
            }
        })));
        return inFlight * each / 1e3 / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
