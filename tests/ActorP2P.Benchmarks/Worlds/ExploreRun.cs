using System.Diagnostics;
using System.Globalization;
using ActorP2P.Determinism;

namespace ActorP2P.Benchmarks;

/// <summary>What a schedule of an exploration costs, for ten actors that pass five questions along.</summary>
internal static class ExploreRun
{
    private const int Actors = 10;
    private const int Questions = 5;
    private const int Rounds = 5;

    private static readonly TimeSpan s_limit = TimeSpan.FromHours(1);

    /// <summary>
    /// Plays so many schedules on one core, on all, and as many plain runs, in alternation; prints the medians. 1
    /// where two cores are less than 1.6 times one.
    /// </summary>
    public static int Run(int schedules)
    {
        List<double> plain = [];
        List<double> single = [];
        List<double> pair = [];
        List<double> plainCpu = [];
        List<double> exploredCpu = [];
        List<double> pairCpu = [];
        // The first round pays for the compiler.
        for (int round = 0; round <= Rounds; round++)
        {
            Sample one = Measure(schedules, () => Explored(schedules, 1));
            Sample two = Measure(schedules, () => Explored(schedules, 2));
            Sample none = Measure(schedules, () => Plain(schedules));
            if (round > 0)
            {
                single.Add(one.Rate);
                pair.Add(two.Rate);
                plain.Add(none.Rate);
                exploredCpu.Add(one.Cpu);
                pairCpu.Add(two.Cpu);
                plainCpu.Add(none.Cpu);
            }
        }
        double ratio = Median(pair) / Median(single);
        Print($"schedules a second, one core   {Median(single):N0}");
        Print($"schedules a second, two cores  {Median(pair):N0} ({ratio:0.00} times)");
        Print($"plain runs a second            {Median(plain):N0}");
        Print($"CPU of a schedule              {Median(exploredCpu):0.00} ms; on two cores {Median(pairCpu):0.00} ms");
        Print($"CPU of a plain run             {Median(plainCpu):0.00} ms");
        return ratio >= 1.6 ? 0 : 1;
    }

    private static void Explored(int schedules, int cores)
    {
        ExploreOptions options = new() { Schedules = schedules, Cores = cores, ReportFolder = "" };
        Explore.Run(options, static run => Play(run.System));
    }

    private static void Plain(int runs)
    {
        SimulationOptions options = new() { Shuffle = true, Redirects = SimulationRedirects.All };
        for (int seed = 0; seed < runs; seed++)
        {
            SimulatedWorld world = new((ulong)seed, options);
            ActorSystem system = SimulatedSystem.Create(world, "explored");
            world.Run(() => Play(system), s_limit);
        }
    }

    private static async Task Play(ActorSystem system)
    {
        IActorRef next = ActorRefs.Nobody;
        for (int number = 0; number < Actors; number++)
        {
            IActorRef last = next;
            next = system.ActorOf(Props.Create(() => new Hop(last)));
        }
        for (int question = 0; question < Questions; question++)
        {
            await next.Ask<int>(question);
        }
    }

    private static Sample Measure(int runs, Action work)
    {
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long begin = Stopwatch.GetTimestamp();
        work();
        TimeSpan time = Stopwatch.GetElapsedTime(begin);
        return new Sample(runs / time.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / runs);
    }

    private static double Median(List<double> samples) => samples.Order().ElementAt(samples.Count / 2);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private readonly record struct Sample(double Rate, double Cpu);

    private sealed class Hop : ReceiveActor
    {
        public Hop(IActorRef next) => Receive<int>(question =>
        {
            if (next.IsNobody())
            {
                Sender.Tell(question);
            }
            else
            {
                next.Forward(question);
            }
        });
    }
}
