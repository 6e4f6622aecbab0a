namespace ActorP2P.TestKit;

/// <summary>Expects chosen events while something is done.</summary>
public sealed class EventFilterApplier
{
    private readonly TestKitBase _kit;
    private readonly Type _channel;
    private readonly Predicate<object> _matches;

    internal EventFilterApplier(TestKitBase kit, Type channel, Predicate<object> matches)
    {
        _kit = kit;
        _channel = channel;
        _matches = matches;
    }

    /// <summary>Exactly one such event must follow.</summary>
    /// <exception cref="TestKitAssertionException">None does in time, or more.</exception>
    public void ExpectOne(Action action) => Expect(1, action);

    /// <summary>Exactly so many such events must follow.</summary>
    /// <exception cref="TestKitAssertionException">Fewer do in time, or more.</exception>
    public void Expect(int expectedCount, Action action, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        using TestProbe probe = Listen();
        try
        {
            action();
            for (int seen = 0; seen < expectedCount; seen++)
            {
                Require(probe.ReceiveOne(_kit.EventTime(timeout)), seen, expectedCount);
            }

            probe.Ref.Tell(End.Instance, ActorRefs.NoSender);
            RequireEnd(probe.ReceiveOne(_kit.EventTime(timeout)), expectedCount);
        }
        finally
        {
            _kit.Sys.EventStream.Unsubscribe(probe.Ref);
        }
    }

    /// <inheritdoc cref="ExpectOne"/>
    public Task ExpectOneAsync(Func<Task> action, TimeSpan? timeout = null) => ExpectAsync(1, action, timeout);

    /// <inheritdoc cref="Expect"/>
    public async Task ExpectAsync(int expectedCount, Func<Task> action, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        using TestProbe probe = Listen();
        try
        {
            await action();
            for (int seen = 0; seen < expectedCount; seen++)
            {
                Require(await probe.ReceiveOneAsync(_kit.EventTime(timeout)), seen, expectedCount);
            }

            probe.Ref.Tell(End.Instance, ActorRefs.NoSender);
            RequireEnd(await probe.ReceiveOneAsync(_kit.EventTime(timeout)), expectedCount);
        }
        finally
        {
            _kit.Sys.EventStream.Unsubscribe(probe.Ref);
        }
    }

    private static void Require(object? happened, int seen, int expected)
    {
        if (happened is null)
        {
            throw new TestKitAssertionException($"{seen} of {expected} expected events came.");
        }
    }

    /// <summary>What the action published itself comes before the end mark, so that none of it is overlooked.</summary>
    private static void RequireEnd(object? happened, int expected)
    {
        if (happened is not End)
        {
            throw new TestKitAssertionException($"More than the {expected} expected events came: {happened}.");
        }
    }

    private TestProbe Listen()
    {
        TestProbe probe = _kit.CreateTestProbe("events");
        probe.IgnoreMessages(happened => happened is not End && !_matches(happened));
        _kit.Sys.EventStream.Subscribe(probe.Ref, _channel);
        return probe;
    }

    private sealed class End
    {
        public static readonly End Instance = new();
    }
}
