namespace ActorP2P.Determinism;

/// <summary>
/// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, 2010) with actors for threads:
/// each actor has a priority drawn from the seed, the highest that is ready comes next, and at some steps drawn from
/// the seed the one that would come next falls below all others. A race that needs d such steps in a run of k steps
/// among n actors is found by one run with a chance of at least 1 / (n k^d).
/// </summary>
internal sealed class PriorityStrategy : Strategy
{
    private readonly Dictionary<Lane, double> _priorities = [];
    private readonly HashSet<int> _changes = [];
    private readonly Random _random;
    private int _falls;

    /// <param name="random">Where chance comes from.</param>
    /// <param name="changes">How often a priority falls.</param>
    /// <param name="length">The likely number of steps of the run.</param>
    public PriorityStrategy(Random random, int changes, int length)
    {
        _random = random;
        for (int number = 0; number < changes; number++)
        {
            _changes.Add(random.Next(Math.Max(1, length)));
        }
    }

    public override int Next(List<Turn> ready, int step)
    {
        int best = Highest(ready);
        if (_changes.Remove(step))
        {
            _priorities[ready[best].Lane] = -++_falls;
            best = Highest(ready);
        }
        return best;
    }

    private int Highest(List<Turn> ready)
    {
        int best = 0;
        double highest = double.MinValue;
        for (int index = 0; index < ready.Count; index++)
        {
            double priority = PriorityOf(ready[index].Lane);
            if (priority > highest)
            {
                (best, highest) = (index, priority);
            }
        }
        return best;
    }

    private double PriorityOf(Lane lane)
    {
        if (!_priorities.TryGetValue(lane, out double priority))
        {
            _priorities[lane] = priority = _random.NextDouble();
        }
        return priority;
    }
}
