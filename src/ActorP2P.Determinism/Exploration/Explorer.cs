using System.Reflection;

namespace ActorP2P.Determinism;

/// <summary>Plays a program under many schedules, and finds out about those that fail.</summary>
internal sealed class Explorer : IDisposable
{
    // What earlier runs have seen is told to later ones between rounds only, so that it does not depend on the number
    // of cores.
    private const int RoundSize = 64;

    /// <summary>How many failures are made small. Others are reported as they were found.</summary>
    private const int MostShrunk = 3;

    private readonly ExploreOptions _options;
    private readonly string _name;
    private readonly MethodInfo _test;
    private readonly PlayerThreads _threads;
    private readonly ulong _seed;
    private readonly SeenPairs _seen = new();
    private readonly ClaimTally _claims = new();
    private readonly HashSet<Type> _actors = [];
    private readonly Dictionary<FailureCause, FoundFailure> _found = [];
    private readonly long _begun = Environment.TickCount64;
    private int _length = 1;
    private int _played;

    /// <param name="options">How to explore.</param>
    /// <param name="name">The name of the test.</param>
    /// <param name="play">Plays a run on the calling thread and returns what it failed with.</param>
    /// <param name="test">The method of the test, whose claims are known even if they are never reached.</param>
    public Explorer(ExploreOptions options, string name, Func<ScheduleRun, Exception?> play, MethodInfo test)
    {
        _options = options;
        _name = name;
        _test = test;
        _seed = options.Seed ?? ExplorationVariables.Seed;
        _threads = new PlayerThreads(options.Cores, options.RealLimit, play);
    }

    /// <summary>Explores.</summary>
    public ExplorationReport Explore()
    {
        if ((_options.Replay ?? ExplorationVariables.Replay) is { Length: > 0 } text)
        {
            return Replay(ExplorationVariables.ReadSchedule(text));
        }
        PlayRound(0, 1);
        while (_played < _options.Schedules && (_options.FindsAll || _found.Count == 0) && Elapsed < _options.Budget)
        {
            PlayRound(_played, Math.Min(RoundSize, _options.Schedules - _played));
        }
        AddKnownClaims();
        FailureStudy study = new(_options, _name, _threads);
        IReadOnlyList<ExplorationFailure> failures =
        [
            .. _found.Values.OrderBy(static one => one.First.Index)
                .Select((one, at) => study.Of(one, shrinks: at < MostShrunk)),
        ];
        return new ExplorationReport(_name, _seed, _played, Elapsed, failures, _claims.Results(), isReplay: false);
    }

    /// <summary>Ends its threads.</summary>
    public void Dispose() => _threads.Dispose();

    private TimeSpan Elapsed => TimeSpan.FromMilliseconds(Environment.TickCount64 - _begun);

    /// <summary>Plays one schedule that was found before.</summary>
    private ExplorationReport Replay(Schedule schedule)
    {
        Played played = _threads.PlayOne(new ScheduleRun(FailureStudy.SetupOf(_options, schedule, isShown: true)));
        _played = 1;
        _claims.Add(played.Claims);
        ExplorationFailure[] failures = [];
        if (played.Failure is not null)
        {
            FoundFailure found = new(played);
            failures = [FailureStudy.Shown(_options, _name, found, played, repeats: true, isShrunk: false)];
        }
        return new ExplorationReport(_name, schedule.Seed, 1, Elapsed, failures, _claims.Results(), isReplay: true);
    }

    private void PlayRound(int first, int count)
    {
        Played[] round = _threads.Play(count, number =>
            new ScheduleRun(SetupOf(first + number)));
        for (int number = 0; number < count; number++)
        {
            Add(round[number] with { Index = first + number });
            if (round[number].Failure is not null && !_options.FindsAll)
            {
                // The number of schedules played does not depend on how many run at a time.
                return;
            }
        }
    }

    private void Add(Played played)
    {
        _played++;
        if (played.Index == 0)
        {
            _length = Math.Max(1, played.Steps);
        }
        _claims.Add(played.Claims);
        _actors.UnionWith(played.Actors);
        if (played.Seen is { } seen)
        {
            _seen.Add(seen);
        }
        if (played.Cause is { } cause)
        {
            if (_found.TryGetValue(cause, out FoundFailure? known))
            {
                known.Count++;
            }
            else
            {
                _found[cause] = new FoundFailure(played);
            }
        }
    }

    private RunSetup SetupOf(int index)
    {
        ulong seed = StableHash.Mix(_seed, (ulong)index);
        bool isPlain = index == 0;
        SeededRandom random = new(StableHash.Mix(seed, StableHash.Of("order of turns")));
        Strategy strategy = isPlain
            ? new PlainStrategy()
            : _options.Strategies[(index - 1) % _options.Strategies.Length].Make(random, _length, _seen);
        return new RunSetup
        {
            Seed = seed,
            Strategy = strategy,
            Faults = _options.Faults,
            RealLimit = _options.RealLimit,
            Replayed = isPlain ? new Schedule(seed, []) : null,
        };
    }

    private void AddKnownClaims()
    {
        foreach (ClaimKey claim in ClaimScope.OfTest(_test).Concat(_actors.SelectMany(ClaimScope.OfActor)))
        {
            _claims.Know(claim);
        }
    }
}
