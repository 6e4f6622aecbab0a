namespace ActorP2P.Simulation;

/// <summary>
/// Which seeds are to be run, run by whom, and done. A member has one at a time; that of a lost member goes to the
/// front of the line, and what is done is never lost. A seed that was run twice must have come to the same.
/// </summary>
/// <typeparam name="TMember">Tells members apart.</typeparam>
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

    /// <summary>What is done, by seed.</summary>
    public IReadOnlyCollection<ScenarioResult> Results => _done.Values;

    /// <summary>How many seeds were run a second time because their member was lost.</summary>
    public int Redone { get; private set; }

    /// <summary>Gives a member the next seed; the one it has when it has one.</summary>
    /// <returns>Whether there is one.</returns>
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
    /// What is new: the result, failed when it differs from an earlier run of the seed; null when it was known.
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
