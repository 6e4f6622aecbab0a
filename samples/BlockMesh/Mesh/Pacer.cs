namespace BlockMesh.Mesh;

/// <summary>Limits the blocks that a node sends per second, over all peers.</summary>
/// <remarks>
/// It assigns time slots in the order of the calls. It grants a few blocks early rather than many blocks late, so that
/// a slow source answers well within the timeout of a request.
/// </remarks>
public sealed class Pacer
{
    /// <summary>
    /// The longest wait for a slot: half of the default timeout of a request, so that the reply arrives in time.
    /// </summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _perBlock;
    private readonly int _mostAtOnce;
    private readonly long _start;
    private TimeSpan _nextSlot;

    /// <summary>Makes a pacer.</summary>
    /// <param name="blocksPerSecond">The rate, at least 1.</param>
    /// <param name="time">The clock.</param>
    public Pacer(int blocksPerSecond, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocksPerSecond, 1);
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _perBlock = TimeSpan.FromSeconds(1.0 / blocksPerSecond);

        // The blocks of a tenth of a second. Smaller slots would need more timers, and larger ones would make a line of
        // nodes progress in jumps.
        _mostAtOnce = Math.Max(1, blocksPerSecond / 10);
        _start = time.GetTimestamp();
    }

    /// <summary>Waits for a slot.</summary>
    /// <returns>The number of blocks that may be sent now; 0 when too many callers wait.</returns>
    public async ValueTask<int> TakeAsync(int wanted, CancellationToken cancellationToken)
    {
        int granted = Math.Min(wanted, _mostAtOnce);
        TimeSpan wait;
        lock (_gate)
        {
            TimeSpan now = _time.GetElapsedTime(_start);
            TimeSpan end = (_nextSlot > now ? _nextSlot : now) + (granted * _perBlock);
            wait = end - now;
            if (wait > MaxWait)
            {
                return 0;
            }

            _nextSlot = end;
        }

        await Task.Delay(wait, _time, cancellationToken);
        return granted;
    }
}
