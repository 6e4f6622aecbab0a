namespace BlockMesh.Mesh;

/// <summary>Lets at most so many blocks per second go out, whoever asks for them.</summary>
/// <remarks>
/// It hands out slots of time in the order of the calls. Instead of many blocks late it grants a few soon, so that a
/// slow source still answers well within the time a request has.
/// </remarks>
public sealed class Pacer
{
    /// <summary>
    /// How far ahead slots are handed out: half of what a request has by default, so that a reply still finds its way
    /// back.
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

        // A tenth of a second's worth: finer slots cost timers, coarser ones make a chain of nodes move in jerks.
        _mostAtOnce = Math.Max(1, blocksPerSecond / 10);
        _start = time.GetTimestamp();
    }

    /// <summary>Waits for a slot.</summary>
    /// <returns>How many blocks may go out now; 0 when too many are waiting already.</returns>
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
