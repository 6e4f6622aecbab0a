using System.Collections;
using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Waits for several messages one after another, with one deadline for all of them.</summary>
internal sealed class MessageSeries(VirtualWaits waits, ITestKitAssertions assertions)
{
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Take(numberOfMessages, waits.RemainingOrDefault, cancellationToken);

    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Take(numberOfMessages, waits.RemainingOrDilated(max), cancellationToken);

    public object FishForMessage(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(isMessage, null, waits.RemainingOrDilated(max), hint, cancellationToken);

    public T FishForMessage<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(isMessage, null, waits.RemainingOrDilated(max), hint, cancellationToken);

    public T FishForMessage<T>(
        Predicate<T> isMessage,
        ArrayList? allMessages,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(isMessage, allMessages, waits.RemainingOrDilated(max), hint, cancellationToken);

    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        TimeSpan deadline = waits.Deadline(waits.RemainingOrDilated(max));
        while (await waits.MessageAsync(waits.UntilDeadline(deadline), cancellationToken))
        {
            object one = waits.ReceiveOne(TimeSpan.Zero, cancellationToken);
            assertions.AssertFalse(one is T, "did not expect a message of type {0}", typeof(T));
        }
    }

    public async Task<ArrayList> WaitForRadioSilenceAsync(
        TimeSpan? max = null, uint? maxMessages = null, CancellationToken cancellationToken = default)
    {
        TimeSpan silence = max ?? waits.SingleExpectDefault;
        ArrayList got = [];
        while (await waits.MessageAsync(silence, cancellationToken))
        {
            got.Add(waits.ReceiveOne(TimeSpan.Zero, cancellationToken));
            assertions.AssertFalse(
                maxMessages is { } most && got.Count > most,
                "maxMessages violated (current iteration: {0}).",
                got.Count);
        }
        return ArrayList.ReadOnly(got);
    }

    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, Func<object, T> filter, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, null, msgs, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max,
        TimeSpan? idle,
        Func<object, T> filter,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, idle, msgs, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        While(
            message => filter(message) is { } kept ? Taken<T>.Kept(kept) : Taken<T>.Declined,
            waits.RemainingOrDilated(max),
            idle,
            msgs,
            cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true,
        CancellationToken cancellationToken = default) =>
        While(
            message => message is T wanted
                ? shouldContinue(wanted) ? Taken<T>.Kept(wanted) : Taken<T>.Declined
                : shouldIgnoreOtherMessageTypes ? Taken<T>.Dropped : Taken<T>.Declined,
            waits.RemainingOrDilated(max),
            idle,
            msgs,
            cancellationToken);

    /// <summary>Takes an exact number of messages.</summary>
    public List<object> Take(int count, TimeSpan max, CancellationToken cancellation)
    {
        TimeSpan start = waits.Now;
        TimeSpan deadline = waits.Deadline(max);
        List<object> got = [];
        while (got.Count < count)
        {
            object? one = waits.ReceiveOne(waits.UntilDeadline(deadline), cancellation);
            assertions.AssertTrue(
                one is not null,
                "Timeout ({0}) while expecting {1} messages. Only got {2} after {3}.",
                max,
                count,
                got.Count,
                waits.Now - start);
            got.Add(one!);
        }
        return got;
    }

    private T Fish<T>(
        Predicate<T> isMessage, ArrayList? all, TimeSpan max, string? hint, CancellationToken cancellation)
    {
        TimeSpan deadline = waits.Deadline(max);
        all?.Clear();
        while (true)
        {
            object? one = waits.ReceiveOne(waits.UntilDeadline(deadline), cancellation);
            assertions.AssertTrue(
                one is not null,
                "Timeout ({0}) during fishForMessage{1}",
                max,
                string.IsNullOrEmpty(hint) ? "" : ", hint: " + hint);
            if (one is T message && isMessage(message))
            {
                return message;
            }
            all?.Add(one);
        }
    }

    /// <summary>Takes messages until one is declined. That one stays in the queue.</summary>
    private List<T> While<T>(
        Func<object, Taken<T>> take, TimeSpan max, TimeSpan? idle, int count, CancellationToken cancellation)
    {
        TimeSpan deadline = waits.Deadline(max);
        List<T> got = [];
        while (got.Count < count)
        {
            TimeSpan wait = waits.UntilDeadline(deadline);
            bool isIdleFirst = idle is { } i && i != Timeout.InfiniteTimeSpan
                && (i < wait || wait == Timeout.InfiniteTimeSpan);
            if (!waits.Message(isIdleFirst ? idle!.Value : wait, cancellation))
            {
                break;
            }
            Taken<T> taken = take(waits.PeekOne(TimeSpan.Zero, cancellation));
            if (taken.Verdict == Verdict.Declined)
            {
                break;
            }
            waits.ReceiveOne(TimeSpan.Zero, cancellation);
            if (taken.Verdict == Verdict.Kept)
            {
                got.Add(taken.Message!);
            }
        }
        waits.LastWasNoMessage = true;
        return got;
    }

    private enum Verdict
    {
        Declined,
        Dropped,
        Kept,
    }

    private readonly record struct Taken<T>(Verdict Verdict, T? Message)
    {
        public static Taken<T> Declined => new(Verdict.Declined, default);

        public static Taken<T> Dropped => new(Verdict.Dropped, default);

        public static Taken<T> Kept(T message) => new(Verdict.Kept, message);
    }
}
