using System.Runtime.CompilerServices;

namespace ActorP2P.Actors;

/// <summary>
/// Warns of handlers that hold their thread for long. It looks at all threads now and then, which costs handlers
/// nothing, and sees a handler that never returns as well.
/// </summary>
internal sealed class BlockingWatchdog : IDisposable
{
    private readonly ActorSystem _system;
    private readonly TimeSpan _threshold;
    private readonly ConditionalWeakTable<TurnSlot, BlockingSuspect> _suspects = [];
    private readonly ITimer _timer;

    public BlockingWatchdog(ActorSystem system, TimeSpan threshold)
    {
        _system = system;
        _threshold = threshold;
        TimeSpan period = threshold / 2;
        _timer = system.TimeProvider.CreateTimer(static state => ((BlockingWatchdog)state!).Look(), this, period, period);
    }

    public void Look()
    {
        long now = _system.TimeProvider.GetTimestamp();
        foreach (TurnSlot slot in TurnSlots.Snapshot())
        {
            ActorCell? cell = slot.Cell;
            if (cell is null || cell.System != _system)
            {
                _suspects.Remove(slot);
                continue;
            }
            BlockingSuspect suspect = _suspects.GetValue(slot, static _ => new BlockingSuspect());
            if (suspect.Cell != cell || suspect.Handled != cell.Handled)
            {
                suspect.Reset(cell, now);
            }
            else if (!suspect.Reported && _system.TimeProvider.GetElapsedTime(suspect.Since, now) is var held && held >= _threshold)
            {
                suspect.Reported = true;
                Warn(cell, held);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Warn(ActorCell cell, TimeSpan held) => _system.Publish(
        LogLevel.WarningLevel,
        null,
        cell.Self.Path.ToString(),
        typeof(BlockingWatchdog),
        $"A handler of {cell.Self.Path} has held its thread for {held.TotalSeconds:0.0} s, "
        + $"with a message of type {cell.CurrentMessage?.GetType().Name ?? "none"}.");
}
