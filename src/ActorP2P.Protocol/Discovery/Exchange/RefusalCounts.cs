namespace ActorP2P.Protocol;

/// <summary>What was refused, by reason. One thread counts, and any thread may read.</summary>
internal sealed class RefusalCounts
{
    private static readonly RecordRefusal[] s_reasons = Enum.GetValues<RecordRefusal>();

    private readonly long[] _counts = new long[s_reasons.Length];

    /// <summary>Counts.</summary>
    public void Add(RecordRefusal reason, long count = 1) => Interlocked.Add(ref _counts[(int)reason], count);

    /// <summary>How many were refused for a reason.</summary>
    public long Of(RecordRefusal reason) => Interlocked.Read(ref _counts[(int)reason]);

    /// <summary>All reasons with their counts, in the order of the reasons.</summary>
    public SortedDictionary<RecordRefusal, long> Snapshot()
    {
        SortedDictionary<RecordRefusal, long> counts = [];
        foreach (RecordRefusal reason in s_reasons)
        {
            counts.Add(reason, Of(reason));
        }

        return counts;
    }
}
