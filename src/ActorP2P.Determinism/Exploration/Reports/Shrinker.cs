using System.Collections.Immutable;

namespace ActorP2P.Determinism;

/// <summary>
/// Makes a failing run small by delta debugging (Zeller, 1999): it leaves out decisions as long as the run fails of
/// the same cause, first in large parts and then one by one, and makes those smaller that must stay.
/// </summary>
internal sealed class Shrinker(Func<Schedule, Played> play, FailureCause cause, TimeSpan budget)
{
    private readonly long _deadline = Environment.TickCount64 + (long)budget.TotalMilliseconds;

    /// <summary>How many runs were played.</summary>
    public int Runs { get; private set; }

    private bool IsOver => Environment.TickCount64 > _deadline;

    /// <summary>Makes a run small.</summary>
    /// <param name="failing">A run that fails of the cause whenever it is played.</param>
    public Schedule Shrink(Schedule failing)
    {
        Schedule current = Try(failing with { Decisions = [] }) ?? failing;
        int before;
        do
        {
            before = current.Decisions.Length;
            current = Leave(current, static kind => kind is DecisionKind.Turn or DecisionKind.Program);
            current = Leave(
                current, static kind => kind is DecisionKind.Delay or DecisionKind.Lateness or DecisionKind.Crash);
            current = Lower(current);
            current = Leave(current, static kind => kind is DecisionKind.Workload);
            current = MoveForward(current);
        }
        while (current.Decisions.Length < before && !IsOver);
        return current;
    }

    /// <summary>
    /// Leaves out decisions of some kinds, in parts of half of them, a quarter, and so on down to one.
    /// </summary>
    private Schedule Leave(Schedule current, Func<DecisionKind, bool> kinds)
    {
        for (int size = CountOf(current, kinds); size > 0; size /= 2)
        {
            for (int start = 0; start < CountOf(current, kinds) && !IsOver;)
            {
                if (Try(Without(current, kinds, start, size)) is { } smaller)
                {
                    current = smaller;
                }
                else
                {
                    start += size;
                }
            }
        }
        return current;
    }

    /// <summary>Makes the values of decisions smaller.</summary>
    private Schedule Lower(Schedule current)
    {
        for (int at = 0; at < current.Decisions.Length; at++)
        {
            int value = current.Decisions[at].Value;
            foreach (int lower in new[] { 1, value / 4, value / 2, value - 1 })
            {
                if (lower < 1 || lower >= value || IsOver)
                {
                    continue;
                }
                Decision lowered = current.Decisions[at] with { Value = lower };
                if (Try(current with { Decisions = current.Decisions.SetItem(at, lowered) }) is { } smaller
                    && smaller.Decisions.Length > at)
                {
                    current = smaller;
                    break;
                }
            }
        }
        return current;
    }

    /// <summary>
    /// Lets what happens in a later round of a program happen in an earlier one, which makes the run shorter.
    /// </summary>
    private Schedule MoveForward(Schedule current)
    {
        if (current.Decisions.IsEmpty)
        {
            return current;
        }
        for (int by = current.Decisions.Min(static one => one.Key.Ordinal) - 1; by > 0 && !IsOver; by /= 2)
        {
            while (current.Decisions.All(one => one.Key.Ordinal > by) && !IsOver
                && Try(Earlier(current, by)) is { } shorter)
            {
                current = shorter;
            }
        }
        return current;
    }

    private static Schedule Earlier(Schedule schedule, int by) => schedule with
    {
        Decisions =
        [
            .. schedule.Decisions.Select(one => one with { Key = one.Key with { Ordinal = one.Key.Ordinal - by } }),
        ],
    };

    private static int CountOf(Schedule schedule, Func<DecisionKind, bool> kinds) =>
        schedule.Decisions.Count(one => kinds(one.Key.Kind));

    private static Schedule Without(Schedule schedule, Func<DecisionKind, bool> kinds, int start, int count)
    {
        ImmutableArray<Decision>.Builder kept = ImmutableArray.CreateBuilder<Decision>();
        int at = 0;
        foreach (Decision decision in schedule.Decisions)
        {
            bool isOne = kinds(decision.Key.Kind);
            if (!isOne || at < start || at >= start + count)
            {
                kept.Add(decision);
            }
            at += isOne ? 1 : 0;
        }
        return schedule with { Decisions = kept.ToImmutable() };
    }

    /// <summary>The decisions that a run really made, if it fails of the same cause; otherwise null.</summary>
    private Schedule? Try(Schedule candidate)
    {
        Runs++;
        Played played = play(candidate);
        return played.Cause == cause ? played.Run.Recorded() : null;
    }
}
