namespace ActorP2P.Simulation;

/// <summary>
/// What a run with real nodes does and when: a function of the scenario and the seed. Every member works through the
/// whole script and acts for its own nodes, so members need not tell each other what they do. The script assumes that
/// a node runs from the step that starts it to the step that kills it.
/// </summary>
internal sealed class RealScript
{
    private readonly Scenario _scenario;
    private readonly IReadOnlyList<string> _names;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Func<TimeSpan, IEnumerable<RealStep>>, (TimeSpan At, long Order)> _plan = new();
    private readonly bool[] _isUp;
    private readonly bool[] _hasStarted;
    private long _order;
    private int _broadcasts;
    private int _messages;

    public RealScript(Scenario scenario, ulong seed)
    {
        _scenario = scenario;
        _names = scenario.Members.Names;
        _isUp = [.. _names.Select(name => !scenario.Members.Late.Contains(name))];
        _hasStarted = [.. _isUp];
        for (int number = 0; number < _names.Count; number++)
        {
            _numbers[_names[number]] = number;
        }

        Chance = new RealChance(seed);
        foreach (TimelineEntry entry in scenario.Timeline)
        {
            Plan(entry.At, _ => Apply(entry, Chance.For($"timeline {entry.Name}")));
        }

        foreach (Workload work in WorkloadsOf(scenario))
        {
            Random random = Chance.For($"workload {work.Name}");
            IReadOnlyList<string> from = work.From.Pick(static _ => true, random);
            PlanNext(new Source(work, random, from, work.To?.Pick(static _ => true, random)), work.Start);
        }
    }

    /// <summary>The random numbers of the run.</summary>
    public RealChance Chance { get; }

    /// <summary>Whether a node runs after the steps that were taken so far.</summary>
    public bool IsRunning(int number) => _isUp[number];

    /// <summary>All steps, in the order of their times.</summary>
    public IEnumerable<RealStep> Steps()
    {
        while (_plan.TryDequeue(out Func<TimeSpan, IEnumerable<RealStep>>? what, out (TimeSpan At, long Order) key))
        {
            foreach (RealStep step in what(key.At))
            {
                yield return step;
            }
        }
    }

    /// <summary>
    /// All messages of a scenario as workloads: its own, its broadcasts, and its traffic as asks and notifies of the
    /// same sizes at the same rates.
    /// </summary>
    private static IEnumerable<Workload> WorkloadsOf(Scenario scenario)
    {
        NodeSet all = NodeSet.All(scenario.Members);
        if (scenario.Broadcasts is { } load)
        {
            yield return new Workload
            {
                Name = "broadcasts", Kind = WorkloadKind.Broadcasts, From = all, Every = load.Every,
                LeastBytes = load.Bytes, MostBytes = load.Bytes, End = scenario.Duration,
            };
        }

        if (scenario.Traffic is { } traffic)
        {
            Workload asks = new()
            {
                Name = "traffic asks", Kind = WorkloadKind.Asks, From = all, IsPoisson = true,
                Every = traffic.Pause * 2 / scenario.Nodes, LeastBytes = WorkBody.HeadSize,
                MostBytes = Math.Max(WorkBody.HeadSize, traffic.SmallBytes), AnswerBytes = WorkBody.HeadSize,
                AskTimeout = traffic.AskTimeout, End = scenario.Duration,
            };
            yield return asks;
            yield return asks with
            {
                Name = "large traffic asks", Every = traffic.Pause * 20 / scenario.Nodes,
                MostBytes = Math.Max(WorkBody.HeadSize, traffic.LargeBytes),
            };
            yield return asks with
            {
                Name = "traffic notifies", Kind = WorkloadKind.Notifies, Every = traffic.Pause * 4 / scenario.Nodes,
            };
        }

        foreach (Workload work in scenario.Workloads)
        {
            yield return work;
        }
    }

    private void Plan(TimeSpan at, Func<TimeSpan, IEnumerable<RealStep>> what) => _plan.Enqueue(what, (at, _order++));

    private void PlanNext(Source source, TimeSpan last)
    {
        Workload work = source.Work;
        TimeSpan due = last
            + (work.IsPoisson ? work.Every * -Math.Log(1 - source.Random.NextDouble()) : work.Every);
        if (due <= work.End)
        {
            Plan(due, at => Send(source, at));
        }
    }

    private IEnumerable<RealStep> Send(Source source, TimeSpan at)
    {
        PlanNext(source, at);
        Workload work = source.Work;
        bool isBroadcast = work.Kind == WorkloadKind.Broadcasts;
        int[] up = [.. source.From.Where(name => IsUp(name)
            && !(isBroadcast && _scenario.Members.Strangers.Contains(name))).Select(name => _numbers[name])];
        if (up.Length == 0)
        {
            yield break;
        }

        int sender = up[source.Random.Next(up.Length)];
        int bytes = work.LeastBytes + source.Random.Next(work.MostBytes - work.LeastBytes + 1);
        int? other = null;
        if (source.To is { } to)
        {
            int[] others = [.. to.Where(IsUp).Select(name => _numbers[name]).Where(number => number != sender)];
            if (others.Length == 0)
            {
                yield break;
            }

            other = others[source.Random.Next(others.Length)];
        }

        yield return new RealStep(
            at, RealStepKind.Send, sender, work, other, isBroadcast ? _broadcasts++ : _messages++, bytes);
    }

    private IEnumerable<RealStep> Apply(TimelineEntry entry, Random random)
    {
        bool dies = entry.Kind is "kill" or "churn";
        Func<string, bool> among = entry.Kind switch
        {
            "restart" => name => !IsUp(name) && _hasStarted[_numbers[name]],
            "join" => name => !_hasStarted[_numbers[name]],
            _ => IsUp,
        };
        if (entry.Nodes is not { } nodes || !(dies || entry.Kind is "restart" or "join"))
        {
            yield break;
        }

        // Names are taken as they are, so those to which nothing can happen are left out here.
        foreach (int number in nodes.Pick(among, random).Where(among).Select(name => _numbers[name]).ToArray())
        {
            if (entry.Churn is { } churn)
            {
                TimeSpan end = entry.At + churn.Lasts;
                PlanDeath(number, entry.At, churn, end < _scenario.Duration ? end : _scenario.Duration, random);
            }
            else
            {
                yield return dies ? Kill(entry.At, number) : Start(entry.At, number);
            }
        }
    }

    private void PlanDeath(int number, TimeSpan now, ChurnTimes churn, TimeSpan end, Random random)
    {
        TimeSpan death = now + churn.DrawLife(random);
        if (death >= end)
        {
            return;
        }

        TimeSpan back = death + churn.Away < end ? death + churn.Away : end;
        Plan(death, at => _isUp[number] ? [Kill(at, number)] : []);
        Plan(back, at =>
        {
            PlanDeath(number, at, churn, end, random);
            return _isUp[number] ? [] : [Start(at, number)];
        });
    }

    private RealStep Kill(TimeSpan at, int number)
    {
        _isUp[number] = false;
        return new RealStep(at, RealStepKind.Kill, number);
    }

    private RealStep Start(TimeSpan at, int number)
    {
        _isUp[number] = true;
        _hasStarted[number] = true;
        return new RealStep(at, RealStepKind.Start, number);
    }

    private bool IsUp(string name) => _isUp[_numbers[name]];

    private sealed record Source(
        Workload Work, Random Random, IReadOnlyList<string> From, IReadOnlyList<string>? To);
}
