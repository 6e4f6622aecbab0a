using System.Runtime.InteropServices;

namespace ActorP2P.Determinism;

/// <summary>Counts how often claims were reached, and how often they held.</summary>
internal sealed class ClaimTally
{
    private readonly Dictionary<ClaimKey, ClaimCount> _counts = [];

    public void Count(ClaimKind kind, string name, bool holds)
    {
        ref ClaimCount count = ref CountOf(new ClaimKey(kind, name));
        count = new ClaimCount(count.Reached + 1, count.Held + (holds ? 1 : 0));
    }

    /// <summary>Notes a claim that may never be reached.</summary>
    public void Know(in ClaimKey claim) => CountOf(claim);

    /// <summary>Adds the counts of another run.</summary>
    public void Add(ClaimTally other)
    {
        foreach ((ClaimKey key, ClaimCount more) in other._counts)
        {
            ref ClaimCount count = ref CountOf(key);
            count = new ClaimCount(count.Reached + more.Reached, count.Held + more.Held);
        }
    }

    /// <summary>What is known of each claim, by name.</summary>
    public IReadOnlyList<ClaimResult> Results() =>
        [.. _counts.Select(static one => new ClaimResult(one.Key.Kind, one.Key.Name, one.Value.Reached, one.Value.Held))
            .OrderBy(static one => one.Kind).ThenBy(static one => one.Name, StringComparer.Ordinal)];

    private ref ClaimCount CountOf(in ClaimKey key) =>
        ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _);

    private readonly record struct ClaimCount(long Reached, long Held);
}
