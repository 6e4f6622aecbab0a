namespace ActorP2P.Benchmarks;

/// <summary>Managed bytes that an actor holds which has handled one message and waits for the next.</summary>
internal sealed class EngineIdleMeasure : Measure
{
    private const int Actors = 20_000;

    public override IReadOnlyList<string> Names { get; } = ["engine-idle-actor-B"];

    public override TimeSpan WarmUp => TimeSpan.FromMilliseconds(1);

    public override async Task<double[]> NodeAsync()
    {
        ActorSystem system = ActorSystem.Create("bench");
        Counter counter = new();
        Props props = Props.Create(() => new CountingActor(counter));
        IActorRef[] actors = new IActorRef[Actors];
        double bytes = await SampleAsync(counter, i =>
        {
            actors[i] = system.ActorOf(props);
            actors[i].Tell("x", ActorRefs.NoSender);
        });
        GC.KeepAlive(actors);
        await system.Terminate();
        return [bytes];
    }

    public override async Task<double[]> RawAsync()
    {
        Counter counter = new();
        ChannelActor[] actors = new ChannelActor[Actors];
        double bytes = await SampleAsync(counter, i =>
        {
            actors[i] = new ChannelActor(counter);
            actors[i].Tell("x");
        });
        await Task.WhenAll(actors.Select(static actor => actor.StopAsync()));
        return [bytes];
    }

    private static async Task<double> SampleAsync(Counter counter, Action<int> make)
    {
        long before = Managed();
        Task all = counter.ReachAsync(Actors);
        for (int i = 0; i < Actors; i++)
        {
            make(i);
        }

        await all;
        return (Managed() - before) / (double)Actors;
    }

    private static long Managed()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
