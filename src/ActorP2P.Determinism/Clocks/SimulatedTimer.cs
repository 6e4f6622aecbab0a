namespace ActorP2P.Determinism;

/// <summary>A timer in virtual time.</summary>
internal sealed class SimulatedTimer : ITimer
{
    private readonly SimulatedNode _node;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private SimulatedEvent? _armed;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private readonly NodeLife _life;
    private bool _disposed;

    public SimulatedTimer(SimulatedNode node, TimerCallback callback, object? state)
    {
        _node = node;
        _callback = callback;
        _state = state;
        _life = node.Life;
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed || !_node.World.Admits(_node, "a timer"))
        {
            return false;
        }
        Disarm();
        _period = period;
        Arm(dueTime);
        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        Disarm();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Arm(TimeSpan due)
    {
        if (due != Timeout.InfiniteTimeSpan)
        {
            _armed = _node.World.ScheduleTimer(_node, _node.Clock.ToVirtual(due), Fire);
        }
    }

    private void Disarm()
    {
        if (_armed is not null)
        {
            _node.World.CallOff(_node, _armed);
            _armed = null;
        }
    }

    private void Fire()
    {
        _armed = null;
        if (_life.IsOver)
        {
            // The process that set the timer has died meanwhile.
            return;
        }
        if (_period > TimeSpan.Zero)
        {
            Arm(_period);
        }
        _callback(_state);
    }
}
