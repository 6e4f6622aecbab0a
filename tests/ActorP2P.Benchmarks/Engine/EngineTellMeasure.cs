using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>Tells from one thread to one actor, until the last is handled.</summary>
internal sealed class EngineTellMeasure : Measure
{
    private const int Tells = 1_000_000;

    public override IReadOnlyList<string> Names { get; } = ["engine-tell-M/s"];

    public override async Task<double[]> NodeAsync()
    {
        ActorSystem system = ActorSystem.Create("bench");
        Counter counter = new();
        IActorRef actor = system.ActorOf(Props.Create(() => new CountingActor(counter)));
        double rate = await SampleAsync(counter, message => actor.Tell(message, ActorRefs.NoSender));
        await system.Terminate();
        return [rate];
    }

    public override async Task<double[]> RawAsync()
    {
        Counter counter = new();
        ChannelActor actor = new(counter);
        double rate = await SampleAsync(counter, actor.Tell);
        actor.Stop();
        return [rate];
    }

    private static async Task<double> SampleAsync(Counter counter, Action<object> tell)
    {
        object message = new();
        Task reached = counter.ReachAsync(Tells);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Tells; i++)
        {
            tell(message);
        }

        await reached;
        return Tells / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
