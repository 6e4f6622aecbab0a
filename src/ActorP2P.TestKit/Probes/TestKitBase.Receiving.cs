namespace ActorP2P.TestKit;

/// <content>Taking messages, and waiting for other things.</content>
public partial class TestKitBase
{
    // As Akka.TestKit's AwaitCondition and AwaitAssert: a tenth of a second between two looks.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The next message; null when none comes in time, which is not dilated.</summary>
    public object? ReceiveOne(TimeSpan? max = null) => Block(() => ReceiveOneAsync(max).AsTask());

    /// <inheritdoc cref="ReceiveOne"/>
    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellation = default) =>
        await TakeAsync(max is { } limit ? WithinLimit(limit) : RemainingOrDefault, cancellation);

    /// <summary>The next so many messages.</summary>
    /// <exception cref="TestKitAssertionException">Fewer came in time.</exception>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan? max = null) =>
        Block(() => ReceiveNAsync(numberOfMessages, max).AsTask());

    /// <inheritdoc cref="ReceiveN"/>
    public async ValueTask<IReadOnlyCollection<object>> ReceiveNAsync(
        int numberOfMessages, TimeSpan? max = null, CancellationToken cancellation = default)
    {
        List<object> taken = [];
        TimeSpan limit = Remaining(max);
        long start = Sys.TimeProvider.GetTimestamp();
        while (taken.Count < numberOfMessages)
        {
            taken.Add(await TakeAsync(Left(limit, start), cancellation)
                ?? throw new TestKitAssertionException($"{taken.Count} of {numberOfMessages} messages came within {limit:c}."));
        }

        return taken;
    }

    /// <summary>The next message that is wanted, passing over others.</summary>
    /// <exception cref="TestKitAssertionException">None came in time.</exception>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "") =>
        Block(() => FishForMessageAsync(isMessage, max, hint).AsTask());

    /// <inheritdoc cref="FishForMessage{T}"/>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "") =>
        FishForMessage<object>(isMessage, max, hint);

    /// <inheritdoc cref="FishForMessage{T}"/>
    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(isMessage);
        TimeSpan limit = Remaining(max);
        long start = Sys.TimeProvider.GetTimestamp();
        int passed = 0;
        while (true)
        {
            object message = await TakeAsync(Left(limit, start), cancellation)
                ?? throw Failed($"No message that is wanted came within {limit:c}, but {passed} others", hint);
            if (message is T candidate && isMessage(candidate))
            {
                return candidate;
            }

            passed++;
        }
    }

    /// <summary>Runs a block that must take no longer than that; expectations within it share what is left.</summary>
    /// <exception cref="TestKitAssertionException">It took longer.</exception>
    public void Within(TimeSpan max, Action action, string hint = "") => Within(TimeSpan.Zero, max, action, hint);

    /// <summary>Runs a block that must take between two spans.</summary>
    /// <exception cref="TestKitAssertionException">It took less, or longer.</exception>
    public void Within(TimeSpan min, TimeSpan max, Action action, string hint = "")
    {
        ArgumentNullException.ThrowIfNull(action);
        Within(min, max, () =>
        {
            action();
            return true;
        }, hint);
    }

    /// <summary>Runs a block that must take no longer than that, and gives its result.</summary>
    /// <exception cref="TestKitAssertionException">It took longer.</exception>
    public T Within<T>(TimeSpan max, Func<T> function, string hint = "") => Within(TimeSpan.Zero, max, function, hint);

    /// <summary>Runs a block that must take between two spans, and gives its result.</summary>
    /// <exception cref="TestKitAssertionException">It took less, or longer.</exception>
    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string hint = "")
    {
        ArgumentNullException.ThrowIfNull(function);
        max = Dilated(max);
        (TimeSpan start, TimeSpan? outer) = Enter(max);
        try
        {
            T result = function();
            Leave(start, min, max, hint);
            return result;
        }
        finally
        {
            _end = outer;
        }
    }

    /// <inheritdoc cref="Within(TimeSpan, Action, string)"/>
    public async Task WithinAsync(TimeSpan max, Func<Task> actionAsync, string hint = "")
    {
        ArgumentNullException.ThrowIfNull(actionAsync);
        max = Dilated(max);
        (TimeSpan start, TimeSpan? outer) = Enter(max);
        try
        {
            await actionAsync();
            Leave(start, TimeSpan.Zero, max, hint);
        }
        finally
        {
            _end = outer;
        }
    }

    /// <summary>Repeats an assertion until it holds.</summary>
    /// <exception cref="Exception">The assertion's own, when it does not hold in time.</exception>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null)
    {
        ArgumentNullException.ThrowIfNull(assertion);
        TimeSpan limit = Remaining(duration);
        long start = Sys.TimeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                assertion();
                return;
            }
            catch (Exception) when (Left(limit, start) > TimeSpan.Zero)
            {
                // Not yet; the last attempt's exception is the one that is thrown.
                Wait(Shorter(interval ?? LookInterval, Left(limit, start)));
            }
        }
    }

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TestKitAssertionException">It does not in time.</exception>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max = null, TimeSpan? interval = null, string message = "")
    {
        ArgumentNullException.ThrowIfNull(conditionIsFulfilled);
        TimeSpan limit = Remaining(max);
        long start = Sys.TimeProvider.GetTimestamp();
        while (!conditionIsFulfilled())
        {
            if (Left(limit, start) <= TimeSpan.Zero)
            {
                throw Failed($"The condition did not come to hold within {limit:c}", message);
            }

            Wait(Shorter(interval ?? LookInterval, Left(limit, start)));
        }
    }

    /// <inheritdoc cref="AwaitCondition"/>
    public async Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan? max = null, TimeSpan? interval = null, string message = "")
    {
        ArgumentNullException.ThrowIfNull(conditionIsFulfilled);
        TimeSpan limit = Remaining(max);
        long start = Sys.TimeProvider.GetTimestamp();
        while (!await conditionIsFulfilled())
        {
            if (Left(limit, start) <= TimeSpan.Zero)
            {
                throw Failed($"The condition did not come to hold within {limit:c}", message);
            }

            await Task.Delay(Shorter(interval ?? LookInterval, Left(limit, start)), Sys.TimeProvider);
        }
    }

    /// <inheritdoc cref="AwaitAssert"/>
    public async Task AwaitAssertAsync(Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null)
    {
        ArgumentNullException.ThrowIfNull(assertion);
        TimeSpan limit = Remaining(duration);
        long start = Sys.TimeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (Left(limit, start) > TimeSpan.Zero)
            {
                // Not yet; the last attempt's exception is the one that is thrown.
            }

            await Task.Delay(Shorter(interval ?? LookInterval, Left(limit, start)), Sys.TimeProvider);
        }
    }

    /// <summary>A time as long as this machine needs it: multiplied with <see cref="TestKitSettings.TestTimeFactor"/>.</summary>
    public TimeSpan Dilated(TimeSpan duration) =>
        duration == Timeout.InfiniteTimeSpan ? duration : duration * TestKitSettings.TestTimeFactor;

    /// <summary>How long a wait may take: what it says, dilated, else what is left of the Within, else the default.</summary>
    private protected TimeSpan Remaining(TimeSpan? asked) => asked is { } limit
        ? WithinLimit(Dilated(limit))
        : LeftOfWithin() ?? Dilated(TestKitSettings.SingleExpectDefault);

    /// <summary>How long an expected event of the system may take.</summary>
    internal TimeSpan EventTime(TimeSpan? asked) => WithinLimit(
        asked is { } limit ? Dilated(limit) : TestKitSettings.TestEventFilterLeeway);

    private TimeSpan WithinLimit(TimeSpan limit) =>
        LeftOfWithin() is { } left && (limit == Timeout.InfiniteTimeSpan || left < limit) ? left : limit;

    private TimeSpan? LeftOfWithin()
    {
        TimeSpan? left = _end - Sys.Scheduler.MonotonicClock;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    private async Task<object?> TakeAsync(TimeSpan limit, CancellationToken cancellation)
    {
        _last = await _queue.TakeAsync(limit, cancellation);
        return _last?.Message;
    }

    private protected TimeSpan Left(TimeSpan limit, long start)
    {
        TimeSpan left = limit - Sys.TimeProvider.GetElapsedTime(start);
        return limit == Timeout.InfiniteTimeSpan ? limit : left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private protected static TestKitAssertionException Failed(string what, string? hint) =>
        new(string.IsNullOrEmpty(hint) ? $"{what}." : $"{what}: {hint}.");

    private protected void Wait(TimeSpan time) => Block(async () =>
    {
        await Task.Delay(time, Sys.TimeProvider);
        return true;
    });

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private (TimeSpan Start, TimeSpan? Outer) Enter(TimeSpan max)
    {
        TimeSpan now = Sys.Scheduler.MonotonicClock;
        TimeSpan? outer = _end;
        _end = outer < now + max ? outer : now + max;
        return (now, outer);
    }

    private void Leave(TimeSpan start, TimeSpan min, TimeSpan max, string hint)
    {
        TimeSpan took = Sys.Scheduler.MonotonicClock - start;
        if (took < min || took > max)
        {
            throw Failed($"The block took {took:c} and should take {min:c} to {max:c}", hint);
        }
    }
}
