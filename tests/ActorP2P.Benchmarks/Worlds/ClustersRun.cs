using System.Globalization;
using System.Runtime;

namespace ActorP2P.Benchmarks;

/// <summary>What whole nodes cost in virtual time: many that start, and twenty that talk.</summary>
internal static class ClustersRun
{
    private const int Talking = 20;

    // The compiler is at work all through the first two rounds; how many methods it has compiled stands beside each
    // figure.
    private const int Rounds = 4;

    private static readonly TimeSpan s_span = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_startAim = TimeSpan.FromSeconds(3);

    /// <summary>Starts so many nodes, without links and in a ring; 1 where they take longer than they may.</summary>
    public static int Start(int nodes)
    {
        // The first start of a process pays for the compiler, which is no matter of the number of nodes.
        Measure(Cluster.Of(100).InARing());
        (TimeSpan alone, _) = Measure(Cluster.Of(nodes).Unlinked());
        (TimeSpan ring, TimeSpan connected) = Measure(Cluster.Of(nodes).InARing());
        Print($"{nodes} nodes, no links  {alone.TotalSeconds:0.00} s of CPU to start");
        Print(
            $"{nodes} nodes in a ring  {ring.TotalSeconds:0.00} s of CPU to start, {connected.TotalSeconds:0.00} s until all are connected");
        return alone < s_startAim * nodes / 1_000 ? 0 : 1;
    }

    /// <summary>
    /// Lets twenty nodes ask, tell and broadcast for three virtual minutes, in rounds of all the seeds.
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
        string trace = $"{result.TraceHash:x16}";
        Print(
            $"round {round}, seed {seed}    {rate:0.0} virtual seconds in a second of CPU, {compiled} compiled, trace {trace}");
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
