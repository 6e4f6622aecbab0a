namespace ActorP2P.Actors;

/// <summary>
/// The deadlines of all Asks of a system under one timer. Almost every Ask is answered long before its deadline, so
/// setting and taking back a deadline must be cheap, and being up to one tick late does not matter.
/// </summary>
internal sealed class DeadlineWheel : IDisposable
{
    private const int Slots = 512;

    /// <summary>A tick; at most this much, plus the timer's own error, an Ask times out too late.</summary>
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    private readonly Deadline?[] _slots = new Deadline?[Slots];
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private long _done;
    private int _waiting;
    private bool _turning;

    public DeadlineWheel(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(
            static state => ((DeadlineWheel)state!).Turn(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Deadline Add(IExpiring target, TimeSpan timeout)
    {
        long ticks = (_time.GetElapsedTime(_start) + timeout).Ticks / s_tick.Ticks + 1;
        var deadline = new Deadline(this, target, ticks) { Waiting = true };
        lock (_gate)
        {
            ref Deadline? head = ref _slots[ticks % Slots];
            deadline.Next = head;
            if (head is not null)
            {
                head.Previous = deadline;
            }
            head = deadline;
            if (_waiting++ == 0)
            {
                _done = Math.Max(_done, CurrentTick());
            }
            if (!_turning)
            {
                _turning = true;
                _timer.Change(s_tick, s_tick);
            }
        }
        return deadline;
    }

    public void Remove(Deadline deadline)
    {
        lock (_gate)
        {
            if (deadline.Waiting)
            {
                Unlink(deadline);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private long CurrentTick() => _time.GetElapsedTime(_start).Ticks / s_tick.Ticks;

    private void Turn()
    {
        List<IExpiring>? expired = null;
        lock (_gate)
        {
            long now = CurrentTick();
            // After a long pause every slot is due; looking at each of them once is enough.
            long from = Math.Max(_done + 1, now - Slots + 1);
            for (long tick = from; tick <= now && _waiting > 0; tick++)
            {
                for (Deadline? at = _slots[tick % Slots]; at is not null;)
                {
                    Deadline? next = at.Next;
                    if (at.Tick <= now)
                    {
                        Unlink(at);
                        (expired ??= []).Add(at.Target);
                    }
                    at = next;
                }
            }
            _done = Math.Max(_done, now);
            if (_waiting == 0)
            {
                _turning = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
        // Outside of the lock: completing a promise runs code of others.
        expired?.ForEach(static target => target.Expire());
    }

    private void Unlink(Deadline deadline)
    {
        deadline.Waiting = false;
        _waiting--;
        if (deadline.Previous is null)
        {
            _slots[deadline.Tick % Slots] = deadline.Next;
        }
        else
        {
            deadline.Previous.Next = deadline.Next;
        }
        if (deadline.Next is not null)
        {
            deadline.Next.Previous = deadline.Previous;
        }
        deadline.Previous = deadline.Next = null;
    }
}
