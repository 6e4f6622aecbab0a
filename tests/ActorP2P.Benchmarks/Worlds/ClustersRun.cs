using System.Globalization;
using System.Runtime;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Measures the cost of whole nodes in virtual time: the start of many nodes, and the traffic of twenty.
/// </summary>
internal static class ClustersRun
{
    private const int Talking = 20;

    // The JIT compiler works throughout the first two rounds. Each figure is printed with the number of methods that
    // were compiled.
    private const int Rounds = 4;

    private static readonly TimeSpan s_span = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_startAim = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Starts this number of nodes, first without links and then in a ring. The exit code is 1 when this takes longer
    /// than allowed.
    /// </summary>
    public static int Start(int nodes)
    {
        // The first start of a process includes the time of the JIT compiler, which does not depend on the number of
        // nodes.
        Measure(Cluster.Of(100).InARing());
        (TimeSpan alone, _) = Measure(Cluster.Of(nodes).Unlinked());
        (TimeSpan ring, TimeSpan connected) = Measure(Cluster.Of(nodes).InARing());
        Print($"{nodes} nodes, no links  {alone.TotalSeconds:0.00} s of CPU to start");
        double start = ring.TotalSeconds;
        double end = connected.TotalSeconds;
        Print($"{nodes} nodes in a ring  {start:0.00} s of CPU to start, {end:0.00} s until all are connected");
        return alone < s_startAim * nodes / 1_000 ? 0 : 1;
    }

    /// <summary>
    /// Lets twenty nodes ask, tell and broadcast for three virtual minutes. Each round uses all seeds.
    /// </summary>
    public static void Talk(IEnumerable<ulong> seeds)
    {
        for (int round = 1; round <= Rounds; round++)
        {
            foreach (ulong seed in seeds)
            {
                Talk(round, seed);
            }
        }
    }

    private static void Talk(int round, ulong seed)
    {
        TimeSpan begin = Cpu();
        long compiled = JitInfo.GetCompiledMethodCount();
        ClusterResult result = Cluster.Of(Talking).RandomlyLinked(dials: 2).WithSeed(seed)
            .WithTraffic(new TrafficSettings { Pause = TimeSpan.FromMilliseconds(200) })
            .RunFor(s_span);
        TimeSpan spent = Cpu() - begin;
        compiled = JitInfo.GetCompiledMethodCount() - compiled;
        double rate = s_span / spent;
        string run = $"round {round}, seed {seed}";
        string hash = $"{result.TraceHash:x16}";
        Print(
            $"{run}    {rate:0.0} virtual seconds in a second of CPU, {compiled} compiled, trace {hash}");
    }

    private static (TimeSpan Started, TimeSpan Connected) Measure(Cluster cluster)
    {
        TimeSpan begin = Cpu();
        TimeSpan started = default;
        TimeSpan connected = default;
        cluster.Run(async running =>
        {
            started = Cpu() - begin;
            await running.UntilConnectedAsync();
            connected = Cpu() - begin;
        });
        return (started, connected);
    }

    private static TimeSpan Cpu() => Environment.CpuUsage.TotalTime;

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
