using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Akka.TestKit.Internal;
using Akka.TestKit.TestEvent;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// A block of code during which log events are counted, and the wait in virtual time until enough have been logged.
/// </summary>
internal sealed class FilteredBlock(VirtualWaits waits, ActorSystem system, IReadOnlyList<EventFilterBase> filters)
{
    /// <summary>How long a block itself may take, in virtual time.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromDays(1);

    private int _count;

    /// <summary>Runs the block, and then the world until the events have been logged.</summary>
    /// <param name="expected">The number of events; null for any number.</param>
    /// <param name="wait">
    /// How long to wait for them after the block. If none is expected, the whole time passes.
    /// </param>
    /// <param name="block">The block.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public T Run<T>(int? expected, TimeSpan wait, Func<Task<T>> block, CancellationToken cancellation)
    {
        system.EventStream.Publish(new Mute(filters));
        foreach (EventFilterBase filter in filters)
        {
            filter.EventMatched += OnMatched;
        }
        try
        {
            T result = waits.Finish(block(), s_limit, cancellation);
            if (expected is { } count)
            {
                // If none is expected, the whole time passes. Otherwise events at the same time as the last expected
                // one still count.
                waits.Pump(() => count > 0 && _count >= count, wait, cancellation);
                Check(count, wait);
            }
            return result;
        }
        finally
        {
            foreach (EventFilterBase filter in filters)
            {
                filter.EventMatched -= OnMatched;
            }
            system.EventStream.Publish(new Unmute([.. filters]));
        }
    }

    private void OnMatched(EventFilterBase filter, LogEvent logged) => _count++;

    private void Check(int expected, TimeSpan wait)
    {
        string wanted = string.Join(",", filters);
        if (_count < expected)
        {
            waits.Assertions.Fail(
                "Timeout ({0}) while waiting for messages. Only received {1}/{2} messages that matched filter [{3}]",
                wait,
                _count,
                expected,
                wanted);
        }
        if (_count > expected)
        {
            waits.Assertions.Fail(
                "Received {0} {1} too many. Expected {2} but received {3} that matched filter [{4}]",
                _count - expected,
                _count - expected == 1 ? "message" : "messages",
                expected,
                _count,
                wanted);
        }
    }
}
