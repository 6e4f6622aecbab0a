using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Transport.Tests;

/// <summary>
/// Passes items on in their order of arrival, each after its delay, from the callback of one timer that is set for the
/// first item. No item is passed on from within <see cref="Add"/>, even without a delay.
/// </summary>
/// <remarks>Only this object refers to a stopped timer, so it needs no disposal.</remarks>
internal sealed class DelayLine<T>
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time;
    private readonly TimeSpan _delay;
    private readonly Action<T> _deliver;
    private readonly Lock _lock = new();
    private readonly Queue<(long Sent, T Item)> _items = new();
    private readonly ITimer _timer;
    private bool _busy;

    internal DelayLine(TimeProvider time, TimeSpan delay, Action<T> deliver)
    {
        _time = time;
        _delay = delay;
        _deliver = deliver;
        _timer = time.CreateTimer(
            static state => ((DelayLine<T>)state!).Deliver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal void Add(T item)
    {
        bool idle;
        lock (_lock)
        {
            _items.Enqueue((_time.GetTimestamp(), item));
            idle = !_busy;
            _busy = true;
        }

        // While the line is busy it sets its timer itself, so there is never more than one callback under way.
        if (idle)
        {
            Arm(_delay);
        }
    }

    private void Deliver()
    {
        // This only counts the present items: items that a delivery adds come after other events of the same time.
        int present;
        lock (_lock)
        {
            present = _items.Count;
        }

        for (; present > 0 && TryTake(out T? item); present--)
        {
            _deliver(item);
        }

        TimeSpan wait;
        lock (_lock)
        {
            _busy = _items.Count > 0;
            if (!_busy)
            {
                return;
            }

            wait = Remaining(_items.Peek().Sent);
        }

        Arm(wait);
    }

    private bool TryTake([MaybeNullWhen(false)] out T item)
    {
        lock (_lock)
        {
            bool due = Remaining(_items.Peek().Sent) == TimeSpan.Zero;
            item = due ? _items.Dequeue().Item : default;
            return due;
        }
    }

    private void Arm(TimeSpan wait)
    {
        // The timers of the system count whole milliseconds, rounded down. For a part of a millisecond they would fire
        // again and again.
        if (_time == TimeProvider.System && wait > TimeSpan.Zero && wait < Millisecond)
        {
            wait = Millisecond;
        }

        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Remaining(long sent)
    {
        TimeSpan remaining = _delay - _time.GetElapsedTime(sent);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}
