using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Waits for conditions that are checked repeatedly. The asynchronous waits are truly asynchronous: a test may begin
/// one, cause what it waits for, and then await it.
/// </summary>
internal sealed class Polls(VirtualWaits waits, ITestKitAssertions assertions)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    public void AwaitAssert(
        Action assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default)
    {
        TimeSpan stop = waits.Deadline(waits.RemainingOrDilated(duration));
        while (true)
        {
            try
            {
                assertion();
                return;
            }
            catch (Exception) when (waits.Now < stop && !cancellationToken.IsCancellationRequested)
            {
                // It may hold later.
            }
            waits.Pass(Pause(stop, interval), cancellationToken);
        }
    }

    public Task AwaitAssertAsync(
        Action assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(
            () =>
            {
                assertion();
                return Task.CompletedTask;
            },
            duration,
            interval,
            cancellationToken);

    public async Task AwaitAssertAsync(
        Func<Task> assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default)
    {
        TimeSpan stop = waits.Deadline(waits.RemainingOrDilated(duration));
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (waits.Now < stop && !cancellationToken.IsCancellationRequested)
            {
                // It may hold later.
            }
            await Task.Delay(Pause(stop, interval), waits.World.TimeProvider, cancellationToken);
        }
    }

    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max, string? message,
        CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, message, cancellationToken);

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string? message = null,
        CancellationToken cancellationToken = default)
    {
        TimeSpan wait = waits.RemainingOrDilated(max);
        if (!AwaitConditionNoThrow(conditionIsFulfilled, wait, interval, cancellationToken))
        {
            Fail(wait, message);
        }
    }

    public bool AwaitConditionNoThrow(
        Func<bool> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default)
    {
        TimeSpan stop = waits.Deadline(max);
        while (!conditionIsFulfilled())
        {
            if (waits.Now >= stop)
            {
                return false;
            }
            waits.Pass(Pause(stop, interval), cancellationToken);
        }
        return true;
    }

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Wrapped(conditionIsFulfilled), null, null, null, cancellationToken);

    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);

    public Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Wrapped(conditionIsFulfilled), max, null, null, cancellationToken);

    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, null, cancellationToken);

    public Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled, TimeSpan? max, string? message,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Wrapped(conditionIsFulfilled), max, null, message, cancellationToken);

    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan? max,
        string? message,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, message, cancellationToken);

    public Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string? message = null,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Wrapped(conditionIsFulfilled), max, interval, message, cancellationToken);

    public async Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string? message = null,
        CancellationToken cancellationToken = default)
    {
        TimeSpan wait = waits.RemainingOrDilated(max);
        if (!await AwaitConditionNoThrowAsync(conditionIsFulfilled, wait, interval, cancellationToken))
        {
            Fail(wait, message);
        }
    }

    public Task<bool> AwaitConditionNoThrowAsync(
        Func<bool> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        AwaitConditionNoThrowAsync(Wrapped(conditionIsFulfilled), max, interval, cancellationToken);

    public async Task<bool> AwaitConditionNoThrowAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default)
    {
        TimeSpan stop = waits.Deadline(max);
        while (!await conditionIsFulfilled())
        {
            if (waits.Now >= stop)
            {
                return false;
            }
            await Task.Delay(Pause(stop, interval), waits.World.TimeProvider, cancellationToken);
        }
        return true;
    }

    private void Fail(TimeSpan wait, string? message) =>
        assertions.Fail("Timeout {0} expired while waiting for condition." + message, wait);

    /// <summary>The time until the next check.</summary>
    private TimeSpan Pause(TimeSpan stop, TimeSpan? interval)
    {
        TimeSpan left = waits.UntilDeadline(stop);
        TimeSpan pause = interval is { } given && given > TimeSpan.Zero ? given : s_interval;
        return left == Timeout.InfiniteTimeSpan || pause < left ? pause : left;
    }

    private static Func<Task<bool>> Wrapped(Func<bool> condition) => () => Task.FromResult(condition());
}
