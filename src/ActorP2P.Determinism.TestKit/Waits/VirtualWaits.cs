using Akka.Actor;
using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// The waits that a kit and a probe have in common. Each wait runs the world until the message is in the kit's own
/// queue or the virtual deadline has passed. It then calls Akka's method with a timeout of zero, which takes the
/// message and never waits. Only public members of Akka.TestKit are used. The generator calls these methods by name.
/// </summary>
internal sealed class VirtualWaits
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    private readonly TestKitBase _kit;
    private readonly WorldPump _pump;
    private readonly ITestKitAssertions _assertions;

    public VirtualWaits(TestKitBase kit, WorldPump pump, ITestKitAssertions assertions)
    {
        (_kit, _pump, _assertions) = (kit, pump, assertions);
        Blocks = new TimedBlocks(this, kit, assertions);
        Series = new MessageSeries(this, assertions);
        Sets = new MessageSets(this, assertions);
        Polls = new Polls(this, assertions);
    }

    /// <summary>The assertions that fail a test.</summary>
    public ITestKitAssertions Assertions => _assertions;

    /// <summary>Blocks of code with a time limit.</summary>
    public TimedBlocks Blocks { get; }

    /// <summary>Waits for several messages, one after another.</summary>
    public MessageSeries Series { get; }

    /// <summary>Waits for several messages in any order.</summary>
    public MessageSets Sets { get; }

    /// <summary>Waits for a condition.</summary>
    public Polls Polls { get; }

    /// <summary>
    /// Whether the last wait expected no message. As in Akka, a <c>Within</c> that ends with such a wait may exceed its
    /// limit.
    /// </summary>
    public bool LastWasNoMessage { get; set; }

    /// <summary>The world.</summary>
    public SimulatedWorld World => _pump.World;

    /// <summary>Sets the test's context, if this is a test.</summary>
    public void Touch() => _pump.Body?.Touch();

    /// <summary>Virtual time as a point on Akka's clock, which starts at zero.</summary>
    public TimeSpan Now => _pump.World.Now;

    /// <summary>The rest of the innermost <c>Within</c>.</summary>
    public TimeSpan Remaining => Blocks.End is { } end
        ? UntilDeadline(end)
        : throw new InvalidOperationException("Remaining may not be called outside of \"within\"");

    /// <summary>The rest of the innermost <c>Within</c>, or otherwise the default of a single wait.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(_kit.Dilated(SingleExpectDefault));

    /// <summary>The configured default of a single wait.</summary>
    public TimeSpan SingleExpectDefault => _kit.TestKitSettings.SingleExpectDefault;

    /// <summary>
    /// The rest of the innermost <c>Within</c>, or otherwise the default of a wait that expects no message.
    /// </summary>
    public TimeSpan NoMessageRemainingOrDefault =>
        RemainingOr(_kit.Dilated(_kit.TestKitSettings.ExpectNoMessageDefault));

    public TimeSpan RemainingOr(TimeSpan duration) => Blocks.End is { } end ? UntilDeadline(end) : duration;

    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration switch
    {
        null => RemainingOrDefault,
        { } infinite when infinite == Timeout.InfiniteTimeSpan => infinite,
        { } finite => _kit.Dilated(finite),
    };

    /// <summary>When a wait that begins now ends.</summary>
    public TimeSpan Deadline(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : Now + wait;

    /// <summary>The time until a deadline; infinite if there is none.</summary>
    public TimeSpan UntilDeadline(TimeSpan deadline) => deadline == TimeSpan.MaxValue
        ? Timeout.InfiniteTimeSpan
        : deadline > Now ? deadline - Now : TimeSpan.Zero;

    /// <summary>Runs the world until the condition holds or the time is over, and returns whether it holds.</summary>
    public bool Pump(Func<bool> condition, TimeSpan wait, CancellationToken cancellation = default) =>
        _pump.Run(condition, wait, cancellation);

    /// <summary>Lets virtual time pass.</summary>
    public void Pass(TimeSpan wait, CancellationToken cancellation = default) =>
        Pump(static () => false, wait, cancellation);

    /// <summary>Runs the world until there is a message; false when none arrived in time.</summary>
    public bool Message(TimeSpan wait, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        LastWasNoMessage = false;
        return _kit.HasMessages
            || ((wait > TimeSpan.Zero || wait == Timeout.InfiniteTimeSpan)
                && Pump(() => _kit.HasMessages, wait, cancellation));
    }

    /// <summary>
    /// The same wait as a task that runs beside others. It checks every hundredth of a second, so that a test may begin
    /// the wait and then cause what it waits for.
    /// </summary>
    public async Task<bool> MessageAsync(TimeSpan wait, CancellationToken cancellation)
    {
        TimeSpan deadline = Deadline(wait);
        while (!_kit.HasMessages)
        {
            TimeSpan left = UntilDeadline(deadline);
            if (left == TimeSpan.Zero)
            {
                return false;
            }
            TimeSpan pause = left == Timeout.InfiniteTimeSpan || left > s_look ? s_look : left;
            await Task.Delay(pause, World.TimeProvider, cancellation);
        }
        return true;
    }

    /// <summary>
    /// Fails with Akka's text when no message arrives. Otherwise Akka's own method takes and checks the message.
    /// </summary>
    public void Require<T>(TimeSpan wait, string? hint, CancellationToken cancellation)
    {
        if (!Message(wait, cancellation))
        {
            _assertions.Fail("Failed: Timeout {0} while waiting for a message of type {1} {2}", wait, typeof(T),
                hint ?? "");
        }
    }

    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        Message(max ?? SingleExpectDefault, cancellationToken);
        return _kit.ReceiveOne(TimeSpan.Zero, cancellationToken);
    }

    public object PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        Message(max ?? SingleExpectDefault, cancellationToken);
        return _kit.PeekOne(TimeSpan.Zero, cancellationToken);
    }

    public object PeekOne(CancellationToken cancellationToken) => PeekOne(Timeout.InfiniteTimeSpan, cancellationToken);

    public bool TryReceiveOne(
        out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        Message(max ?? SingleExpectDefault, cancellationToken);
        return _kit.TryReceiveOne(out envelope, TimeSpan.Zero, cancellationToken);
    }

    public ValueTask<(bool Success, MessageEnvelope Envelope)> TryReceiveOneAsync(
        TimeSpan? max, CancellationToken cancellationToken = default) => Pumped<(bool, MessageEnvelope)>.Lazily(
            () => (TryReceiveOne(out MessageEnvelope envelope, max, cancellationToken), envelope));

    public bool TryPeekOne(out MessageEnvelope envelope, TimeSpan? max, CancellationToken cancellationToken)
    {
        Message(max ?? SingleExpectDefault, cancellationToken);
        return _kit.TryPeekOne(out envelope, TimeSpan.Zero, cancellationToken);
    }

    public ValueTask<(bool Success, MessageEnvelope Envelope)> TryPeekOneAsync(
        TimeSpan? max, CancellationToken cancellationToken) => Pumped<(bool, MessageEnvelope)>.Lazily(
            () => (TryPeekOne(out MessageEnvelope envelope, max, cancellationToken), envelope));

    public void ExpectNoMsg(CancellationToken cancellationToken = default) =>
        None(NoMessageRemainingOrDefault, cancellationToken);

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        None(_kit.Dilated(duration), cancellationToken);

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        None(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        Require<T>(RemainingOrDefault, null, cancellationToken);
        T[] any = [.. messages];
        return _kit.ExpectMsg<T>(any.Contains, TimeSpan.Zero, "any of " + string.Join(", ", any), cancellationToken);
    }

    // The test actor answers inside the call. Akka's own methods wait for that answer in real time.
    public IActorRef Watch(IActorRef actorToWatch)
    {
        _kit.TestActor.Tell(new TestActor.Watch(actorToWatch), ActorRefs.Nobody);
        return actorToWatch;
    }

    public Task<IActorRef> WatchAsync(IActorRef actorToWatch) => Task.FromResult(Watch(actorToWatch));

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        _kit.TestActor.Tell(new TestActor.Unwatch(actorToUnwatch), ActorRefs.Nobody);
        return actorToUnwatch;
    }

    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) => Task.FromResult(Unwatch(actorToUnwatch));

    /// <summary>
    /// Runs the world until a task has ended, and returns its result or throws its exception.
    /// </summary>
    /// <exception cref="TimeoutException">It has not ended in time.</exception>
    public T Finish<T>(Task<T> task, TimeSpan wait, CancellationToken cancellation = default)
    {
        Finish((Task)task, wait, cancellation);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Runs the world until a task has ended, and throws its exception if it failed.</summary>
    /// <exception cref="TimeoutException">It has not ended in time.</exception>
    public void Finish(Task task, TimeSpan wait, CancellationToken cancellation = default)
    {
        TimeSpan deadline = Deadline(wait);
        bool ended = task.IsCompleted || Pump(() => task.IsCompleted, wait, cancellation);
        if (!ended || IsCutShort(task, deadline))
        {
            throw new TimeoutException(
                $"The task had not ended after {wait:c} (seed {World.Seed}, virtual time {Now:c}).");
        }
        task.GetAwaiter().GetResult();
    }

    /// <summary>Whether a wait inside the task was cut short by this same deadline.</summary>
    public static bool IsCutShort(Task task, TimeSpan deadline) =>
        task.Exception?.InnerException is OuterDeadlineException cut && cut.End == deadline;

    private void None(TimeSpan duration, CancellationToken cancellation)
    {
        TimeSpan start = Now;
        if (Message(duration, cancellation))
        {
            _assertions.Fail(
                "Failed: Expected no messages during {0}, instead we received {1} after {2}",
                duration,
                _kit.ReceiveOne(TimeSpan.Zero, cancellation),
                Now - start);
        }
        LastWasNoMessage = true;
    }
}
