using System.ComponentModel;
using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Runs nodes in processes of their own, over sockets, under every kind of fault. At the end of each round all traffic
/// stops. Then every promise must have ended, all nodes must be connected again, and no process may hold more than
/// before. The pauses are in real time, because processes are suspended and killed. They only decide how long a fault
/// lasts; no check depends on them.
/// </summary>
internal sealed class ChaosRun
{
    private static readonly TimeSpan s_silentWithin = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan s_sampleWithin = TimeSpan.FromSeconds(60);

    // The longest time that a promise may take: the ask timeout, and a reserve for a busy machine.
    private static readonly TimeSpan s_longest = ChaosSettings.AskTimeout + TimeSpan.FromSeconds(12);

    private readonly ChaosOptions _options;
    private readonly Random _random;
    private readonly FaultTally _tally = new();
    private readonly LedgerChecker _checker = new((long)s_longest.TotalMilliseconds);
    private readonly List<string> _wrong = [];

    private ChaosRun(ChaosOptions options)
    {
        _options = options;
        _random = new Random(options.Seed);
    }

    /// <summary>Executes a chaos run.</summary>
    /// <returns>Whether the run found no defect; each defect has been printed.</returns>
    public static async Task<bool> RunAsync(ChaosOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.WriteLine("chaos needs Linux: it suspends processes and limits their descriptors");
            return false;
        }

        string transports = string.Join(" and ", options.Transports.Select(BenchTransport.NameOf));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"chaos of {options.Duration.TotalSeconds:0} s over {transports}, seed {options.Seed}, "
            + $"planted {options.Bug}"));
        return await new ChaosRun(options).RunAsync();
    }

    private async Task<bool> RunAsync()
    {
        using (ChaosCluster cluster = new(_options.Bug, _options.Transports))
        {
            try
            {
                await LiveAsync(cluster);
            }
            catch (Exception exception) when (exception is ChaosFailedException or Win32Exception)
            {
                _wrong.Add(exception.Message);
                Check(cluster, allEnded: false);
            }
        }

        if (_wrong.Count == 0)
        {
            if (_tally.HasTooManyRuntimeEnds)
            {
                _wrong.Add("the runtime ended processes for want of descriptors, more often than it is known to");
            }

            _wrong.AddRange(_tally.Missing(_options.Kinds, _options.Least));
        }

        foreach (string wrong in _wrong.Distinct().Take(30))
        {
            Console.WriteLine($"WRONG {wrong}");
        }

        Console.WriteLine($"{_checker.Promises} promises, {_checker.Messages} messages; {_tally}");
        Console.WriteLine(_wrong.Count == 0 ? "OK" : $"FAILED: {_wrong.Count} findings, seed {_options.Seed}");
        return _wrong.Count == 0;
    }

    private async Task LiveAsync(ChaosCluster cluster)
    {
        long start = Environment.TickCount64;
        FaultInjector injector = new(cluster, _tally, _random);
        await Task.WhenAll(Enumerable.Range(0, ChaosCluster.Nodes).Select(node => cluster.StartAsync(node)));
        await FallSilentAsync(cluster, round: 0);
        long longestRound = 0;
        for (int round = 1; round == 1 || FitsIn(start, longestRound); round++)
        {
            long begun = Environment.TickCount64;
            await cluster.OrderAllAsync("live");
            ChaosFault[] faults = [.. _options.Kinds];
            _random.Shuffle(faults);
            foreach (ChaosFault fault in faults)
            {
                await injector.InjectAsync(fault);
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(200, 600)));
            }

            await FallSilentAsync(cluster, round);
            if (_wrong.Count > 0)
            {
                return;
            }

            longestRound = Math.Max(longestRound, Environment.TickCount64 - begun);
        }

        foreach (int node in Enumerable.Range(0, ChaosCluster.Nodes))
        {
            await cluster.StopAsync(node);
        }

        Check(cluster);
    }

    // A run must not last longer than requested, however busy the machine is.
    private bool FitsIn(long start, long round) =>
        Environment.TickCount64 - start + round < _options.Duration.TotalMilliseconds;

    private async Task FallSilentAsync(ChaosCluster cluster, int round)
    {
        await cluster.OrderAllAsync("quiet", s_silentWithin);
        await cluster.MeetAsync();
        await cluster.OrderAllAsync("probe");
        await SampleAsync(cluster);
        Check(cluster);
        Console.WriteLine($"round {round}: {_checker.Promises} promises, {_checker.Messages} messages; {_tally}");
    }

    private void Check(ChaosCluster cluster, bool allEnded = true) =>
        _wrong.AddRange(_checker.Check(cluster.ReadLedgers(), _tally.Spans, allEnded));

    private async Task SampleAsync(ChaosCluster cluster)
    {
        string[] answers = await Task.WhenAll(
            cluster.Running.Select(process => process.OrderAsync("sample", s_sampleWithin)));
        foreach ((ChaosProcess process, string answer) in cluster.Running.Zip(answers))
        {
            ChaosSample sample = ChaosSample.Parse(answer);
            if (process.FirstSample is { } first && !sample.IsNoMoreThan(first))
            {
                _wrong.Add($"node {process.Ledger.Node}.{process.Ledger.Incarnation} leaks: {sample}; "
                    + $"after its first round there were {first}");
            }

            process.FirstSample ??= sample;
        }
    }
}
