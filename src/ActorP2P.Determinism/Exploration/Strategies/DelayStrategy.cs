namespace ActorP2P.Determinism;

/// <summary>
/// Delay-bounded scheduling (Emmi, Qadeer, Rakamaric, 2011): the plain order, but at some steps drawn from the seed
/// the turn that would come next is put behind all others that are ready.
/// </summary>
internal sealed class DelayStrategy : Strategy
{
    private const int FarBehind = 64;

    private readonly HashSet<int> _delays = [];
    private readonly Dictionary<Turn, int> _until = new(ReferenceEqualityComparer.Instance);
    private readonly Random _random;

    /// <param name="random">Where chance comes from.</param>
    /// <param name="delays">How many turns are delayed.</param>
    /// <param name="length">The likely number of steps of the run.</param>
    public DelayStrategy(Random random, int delays, int length)
    {
        _random = random;
        for (int number = 0; number < delays; number++)
        {
            _delays.Add(random.Next(Math.Max(1, length)));
        }
    }

    public override int Next(List<Turn> ready, int step)
    {
        int next = Earliest(ready);
        if (_delays.Remove(step))
        {
            _until[ready[next]] = step + 1 + _random.Next(FarBehind);
            next = Earliest(ready);
        }
        return next;
    }

    private int Earliest(List<Turn> ready)
    {
        int best = 0;
        int earliest = int.MaxValue;
        for (int index = 0; index < ready.Count; index++)
        {
            int since = _until.GetValueOrDefault(ready[index], ready[index].Since);
            if (since < earliest)
            {
                (best, earliest) = (index, since);
            }
        }
        return best;
    }
}
