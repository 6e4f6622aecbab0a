namespace ActorP2P.Protocol;

/// <summary>How often each fault has happened.</summary>
internal sealed class DhtFaultCounts
{
    private readonly long[] _counts = new long[Enum.GetValues<DhtFault>().Length];

    /// <summary>How often a fault has happened. Any thread may read it.</summary>
    public long this[DhtFault fault] => Interlocked.Read(ref _counts[(int)fault]);

    /// <summary>Counts a fault.</summary>
    public void Add(DhtFault fault, long count = 1) => Interlocked.Add(ref _counts[(int)fault], count);
}
