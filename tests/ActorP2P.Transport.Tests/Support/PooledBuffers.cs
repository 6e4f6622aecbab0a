using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>
/// Knows some buffers of every pool and counts those that are in use. A pool rents out the buffers first that were
/// returned last, so a test uses these before any others.
/// </summary>
/// <remarks>The pools belong to the process, so no other test may run at the same time.</remarks>
internal sealed class PooledBuffers
{
    // This is more than a test uses of one length at a time.
    private const int Count = 32;

    private static readonly int[] s_lengths = [4 * 1024, 16 * 1024, SharedBuffer.MaxPooledLength];

    private readonly HashSet<SharedBuffer> _known;

    public PooledBuffers()
    {
        _known = [.. Rent(Count)];
        Release(_known);
    }

    /// <summary>The number of known buffers that are not in their pool.</summary>
    public int Missing
    {
        get
        {
            // A buffer that another test returned late may lie above the known ones.
            List<SharedBuffer> present = Rent(2 * Count);
            int missing = _known.Count - present.Count(_known.Contains);
            present.Reverse();
            Release(present);
            return missing;
        }
    }

    private static List<SharedBuffer> Rent(int count) =>
        [.. s_lengths.SelectMany(length => Enumerable.Range(0, count).Select(_ => SharedBuffer.Rent(length)))];

    private static void Release(IEnumerable<SharedBuffer> buffers)
    {
        foreach (SharedBuffer buffer in buffers)
        {
            buffer.Release();
        }
    }
}
