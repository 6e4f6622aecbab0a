using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Blocks of code that must end within a span of virtual time.</summary>
internal sealed class TimedBlocks(VirtualWaits waits, TestKitBase kit, ITestKitAssertions assertions)
{
    /// <summary>How long an asynchronous block may run beyond its limit, as in Akka's kit.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(200);

    /// <summary>When the innermost block ends; null outside of all blocks.</summary>
    public TimeSpan? End { get; private set; }

    public void Within(
        TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Run(TimeSpan.Zero, max, Wrapped(action), null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min,
        TimeSpan max,
        Action action,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Run(min, max, Wrapped(action), hint, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Run(TimeSpan.Zero, max, () => Task.FromResult(function()), null, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan min,
        TimeSpan max,
        Func<T> function,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Run(min, max, () => Task.FromResult(function()), hint, epsilonValue, cancellationToken);

    public Task WithinAsync(
        TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(TimeSpan.Zero, max, Wrapped(actionAsync), null, epsilonValue, cancellationToken);

    public Task WithinAsync(
        TimeSpan min,
        TimeSpan max,
        Func<Task> actionAsync,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(min, max, Wrapped(actionAsync), hint, epsilonValue, cancellationToken);

    public Task<T> WithinAsync<T>(
        TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public Task<T> WithinAsync<T>(
        TimeSpan min,
        TimeSpan max,
        Func<Task<T>> function,
        string? hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(min, max, function, hint, epsilonValue, cancellationToken);

    private Task<T> RunAsync<T>(
        TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint, TimeSpan? epsilon,
        CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult(Run(min, max, function, hint, epsilon, cancellation));
        }
        catch (Exception failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    private T Run<T>(
        TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint, TimeSpan? epsilon,
        CancellationToken cancellation)
    {
        max = kit.Dilated(max);
        TimeSpan start = waits.Now;
        TimeSpan left = End is { } outerEnd ? waits.UntilDeadline(outerEnd) : TimeSpan.MaxValue;
        assertions.AssertTrue(
            left >= min, "Required min time {0} not possible, only {1} left. {2}", min, left, hint ?? "");
        TimeSpan most = max < left ? max : left;
        TimeSpan? outer = End;
        End = start + most;
        waits.LastWasNoMessage = false;
        T result;
        try
        {
            result = Finish(function(), max, hint, cancellation);
        }
        finally
        {
            End = outer;
        }
        TimeSpan took = waits.Now - start;
        assertions.AssertTrue(
            took >= min, "Failed: Block took {0}, should have at least been {1}. {2}", took, min, hint ?? "");
        assertions.AssertTrue(
            waits.LastWasNoMessage || took <= most + (epsilon ?? Slack(max)),
            "Failed: Block took {0}, exceeding {1}. {2}",
            took,
            most,
            hint ?? "");
        return result;
    }

    private T Finish<T>(Task<T> task, TimeSpan max, string? hint, CancellationToken cancellation)
    {
        TimeSpan start = waits.Now;
        TimeSpan wait = max + s_grace;
        bool ended = task.IsCompleted || waits.Pump(() => task.IsCompleted, wait, cancellation);
        if (!ended || VirtualWaits.IsCutShort(task, start + wait))
        {
            assertions.Fail(
                "Failed: Block was still running after {0}, exceeding the maximum allowed duration of {1}. {2}",
                waits.Now - start,
                max,
                hint ?? "");
        }
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Akka's own tolerance: 15 % of the limit, at least 50 ms.</summary>
    private static TimeSpan Slack(TimeSpan max) =>
        TimeSpan.FromMilliseconds(Math.Max(max.TotalMilliseconds * 0.15, 50));

    private static Func<Task<bool>> Wrapped(Action action) => () =>
    {
        action();
        return Task.FromResult(true);
    };

    private static Func<Task<bool>> Wrapped(Func<Task> action) => async () =>
    {
        await action();
        return true;
    };
}
