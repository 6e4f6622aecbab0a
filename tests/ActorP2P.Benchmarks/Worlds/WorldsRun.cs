using System.Globalization;
using ActorP2P.Determinism;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Measures the cost of simulated actor systems: many in one world, each with one actor that has answered once.
/// </summary>
internal static class WorldsRun
{
    /// <summary>
    /// Makes this number of systems and prints the cost of one. The exit code is 1 when the aims are missed.
    /// </summary>
    public static int Run(int systems)
    {
        // The first system of a process includes the parsing of the shared configuration and the time of the JIT
        // compiler, so it does not count.
        Start(new SimulatedWorld(0), 0);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        SimulatedWorld world = new(1);
        List<IActorRef> kept = [];
        TimeSpan begin = Cpu();
        TimeSpan? thousand = null;
        for (int number = 0; number < systems; number++)
        {
            kept.Add(Start(world, number));
            if (number == 999)
            {
                world.RunToQuiescence();
                thousand = Cpu() - begin;
            }
        }
        world.RunToQuiescence();
        TimeSpan spent = Cpu() - begin;
        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        long whole = Environment.WorkingSet;
        GC.KeepAlive(kept);
        GC.KeepAlive(world);
        Print($"systems             {systems}");
        Print($"bytes each          {bytes / systems:N0}");
        Print($"CPU each            {spent.TotalMilliseconds / systems:0.000} ms");
        Print($"working set         {whole / (1024.0 * 1024):N0} MiB");
        if (thousand is { } first)
        {
            Print($"the first thousand  {first.TotalSeconds:0.00} s of CPU");
        }
        bool isSmall = systems < 10_000 || whole < 1L << 30;
        bool isFast = thousand is null || thousand < TimeSpan.FromSeconds(3);
        return isSmall && isFast ? 0 : 1;
    }

    private static IActorRef Start(SimulatedWorld world, int node)
    {
        ActorSystem system = SimulatedSystem.Create(world, "node", new SimulatedSystemOptions { Node = node });
        IActorRef echo = system.ActorOf(Props.Create(() => new Echo()), "echo");
        echo.Tell("hello", ActorRefs.NoSender);
        return echo;
    }

    private static TimeSpan Cpu() => Environment.CpuUsage.TotalTime;

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
