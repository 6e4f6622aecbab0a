namespace ActorP2P.Simulation;

/// <summary>
/// Records which seeds are still to be run, which member runs which seed, and which are done. A member has one seed at
/// a time. The seed of a lost member goes to the front of the queue. Results are never lost. If a seed was run twice,
/// both results must be equal.
/// </summary>
/// <typeparam name="TMember">Identifies a member.</typeparam>
internal sealed class SeedBoard<TMember>
    where TMember : notnull
{
    private readonly LinkedList<ulong> _open;
    private readonly Dictionary<TMember, ulong> _running = [];
    private readonly SortedDictionary<ulong, ScenarioResult> _done = [];
    private readonly int _count;

    public SeedBoard(IEnumerable<ulong> seeds)
    {
        _open = new LinkedList<ulong>(seeds);
        _count = _open.Count;
    }

    /// <summary>Whether every seed is done.</summary>
    public bool IsDone => _done.Count == _count;

    /// <summary>The results, by seed.</summary>
    public IReadOnlyCollection<ScenarioResult> Results => _done.Values;

    /// <summary>The number of seeds that were run again because their member was lost.</summary>
    public int Redone { get; private set; }

    /// <summary>Gives a member the next seed, or again the seed that it has.</summary>
    /// <returns>Whether there is a seed for it.</returns>
    public bool TryTake(TMember member, out ulong seed)
    {
        if (_running.TryGetValue(member, out seed))
        {
            return true;
        }

        if (_open.First is not { } next)
        {
            return false;
        }

        _open.RemoveFirst();
        seed = next.Value;
        _running.Add(member, seed);
        return true;
    }

    /// <summary>A member has run a seed.</summary>
    /// <returns>
    /// The result if it is new (as a failure if it differs from an earlier run of the seed); null if it was known.
    /// </returns>
    public ScenarioResult? Finish(TMember member, ScenarioResult result)
    {
        if (_running.TryGetValue(member, out ulong running) && running == result.Seed)
        {
            _running.Remove(member);
        }

        if (_done.TryGetValue(result.Seed, out ScenarioResult? before))
        {
            return before.TraceHash == result.TraceHash ? null : _done[result.Seed] = result with
            {
                Failure = $"the seed was run twice, and the hashes differ: {before.TraceHash} and {result.TraceHash}",
            };
        }

        _open.Remove(result.Seed);
        return _done[result.Seed] = result;
    }

    /// <summary>A member is lost.</summary>
    public void Lose(TMember member)
    {
        if (_running.Remove(member, out ulong seed) && !_done.ContainsKey(seed) && !_running.ContainsValue(seed))
        {
            Redone++;
            _open.AddFirst(seed);
        }
    }
}
