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
        action();
        for (int seen = 0; seen < expectedCount; seen++)
        {
            if (probe.ReceiveOne(timeout ?? _kit.RemainingOrDefault) is null)
            {
                throw new TestKitAssertionException($"{seen} of {expectedCount} expected events came.");
            }
        }

        probe.ExpectNoMsg(TimeSpan.Zero);
        _kit.Sys.EventStream.Unsubscribe(probe.Ref);
    }

    /// <inheritdoc cref="ExpectOne"/>
    public async Task ExpectOneAsync(Func<Task> action, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        using TestProbe probe = Listen();
        await action();
        if (await probe.ReceiveOneAsync(timeout ?? _kit.RemainingOrDefault) is null)
        {
            throw new TestKitAssertionException("The expected event did not come.");
        }

        _kit.Sys.EventStream.Unsubscribe(probe.Ref);
    }

    private TestProbe Listen()
    {
        TestProbe probe = _kit.CreateTestProbe("events");
        probe.IgnoreMessages(happened => !_matches(happened));
        _kit.Sys.EventStream.Subscribe(probe.Ref, _channel);
        return probe;
    }
}
