using System.Collections.Immutable;

namespace ActorP2P.Determinism;

/// <summary>
/// Makes the decisions of a run, or repeats given ones, and keeps those that differ from the plain order.
/// </summary>
internal sealed class DecisionTape
{
    private readonly Dictionary<DecisionKey, int>? _replayed;
    private readonly Random _random;
    private readonly List<Decision> _made = [];
    private readonly ulong _seed;

    public DecisionTape(ulong seed, Schedule? replayed)
    {
        _seed = seed;
        _random = new SeededRandom(StableHash.Mix(seed, StableHash.Of("decisions")));
        if (replayed is not null)
        {
            _replayed = [];
            foreach (Decision decision in replayed.Decisions)
            {
                _replayed[decision.Key] = decision.Value;
            }
        }
    }

    /// <summary>Whether given decisions are repeated.</summary>
    public bool IsReplay => _replayed is not null;

    /// <summary>The run so far, to be played again.</summary>
    public Schedule Schedule => new(_seed, [.. _made]);

    /// <summary>A decision that another part has made.</summary>
    public void Record(in DecisionKey key, int value)
    {
        if (value > 0)
        {
            _made.Add(new Decision(key, value));
        }
    }

    /// <summary>The given decision, without making it; 0 when there is none.</summary>
    public int Given(in DecisionKey key) => _replayed!.GetValueOrDefault(key);

    /// <summary>Makes the given decision; 0 when there is none.</summary>
    public int Repeat(in DecisionKey key)
    {
        int value = _replayed!.GetValueOrDefault(key);
        Record(key, value);
        return value;
    }

    /// <summary>Decides: 0, or with a chance of one in so many a number below the count.</summary>
    /// <param name="key">Which decision.</param>
    /// <param name="count">The number of possible values, at least 2.</param>
    /// <param name="oneIn">The inverse of the chance that it is not 0.</param>
    public int Choose(in DecisionKey key, int count, int oneIn)
    {
        if (IsReplay)
        {
            return Math.Min(Repeat(key), count - 1);
        }
        int value = _random.Next(oneIn) == 0 ? 1 + _random.Next(count - 1) : 0;
        Record(key, value);
        return value;
    }

    /// <summary>Decides with the same chance for each number below the count.</summary>
    public int ChooseEvenly(in DecisionKey key, int count)
    {
        if (IsReplay)
        {
            return Math.Min(Repeat(key), count - 1);
        }
        int value = _random.Next(count);
        Record(key, value);
        return value;
    }
}
