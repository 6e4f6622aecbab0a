using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Internal;
using Akka.TestKit.TestEvent;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Applies event filters to a block of code, and waits in virtual time until the events have been logged.
/// </summary>
public sealed class SimulatedEventFilterApplier : IEventFilterApplier
{
    private readonly SimulatedTestKit _kit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    internal SimulatedEventFilterApplier(
        SimulatedTestKit kit, ActorSystem system, IReadOnlyList<EventFilterBase> filters) =>
        (_kit, _system, _filters) = (kit, system, filters);

    /// <summary>Begins another filter. An event counts when any of the filters matches.</summary>
    public SimulatedEventFilterFactory And => new(_kit, _system, _filters);

    /// <inheritdoc/>
    EventFilterFactory IEventFilterApplier.And => And;

    /// <inheritdoc/>
    public void ExpectOne(Action action, CancellationToken cancellationToken = default) =>
        Run(1, null, Wrap(action), cancellationToken);

    /// <inheritdoc/>
    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Run(1, timeout, Wrap(action), cancellationToken);

    /// <inheritdoc/>
    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Run(expectedCount, null, Wrap(action), cancellationToken);

    /// <inheritdoc/>
    public void Expect(
        int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Run(expectedCount, timeout, Wrap(action), cancellationToken);

    /// <inheritdoc/>
    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Run(1, null, () => Task.FromResult(func()), cancellationToken);

    /// <inheritdoc/>
    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Run(1, timeout, () => Task.FromResult(func()), cancellationToken);

    /// <inheritdoc/>
    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Run(expectedCount, null, () => Task.FromResult(func()), cancellationToken);

    /// <inheritdoc/>
    public T Expect<T>(
        int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Run(expectedCount, timeout, () => Task.FromResult(func()), cancellationToken);

    /// <inheritdoc/>
    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Run(null, null, () => Task.FromResult(func()), cancellationToken);

    /// <inheritdoc/>
    public void Mute(Action action, CancellationToken cancellationToken = default) =>
        Run(null, null, Wrap(action), cancellationToken);

    /// <inheritdoc/>
    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Start(1, null, Wrap(actionAsync), cancellationToken);

    /// <inheritdoc/>
    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        Start(1, timeout, Wrap(action), cancellationToken);

    /// <inheritdoc/>
    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) =>
        Start(1, null, Wrap(action), cancellationToken);

    /// <inheritdoc/>
    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Start(expectedCount, null, Wrap(actionAsync), cancellationToken);

    /// <inheritdoc/>
    public Task ExpectAsync(
        int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        Start(expectedCount, timeout, Wrap(actionAsync), cancellationToken);

    /// <inheritdoc/>
    public Task ExpectAsync(
        int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        Start(expectedCount, timeout, Wrap(action), cancellationToken);

    /// <inheritdoc/>
    public Task ExpectAsync(
        int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Start(expectedCount, timeout, Wrap(action), cancellationToken);

    /// <inheritdoc/>
    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Start(1, null, func, cancellationToken);

    /// <inheritdoc/>
    public Task<T> ExpectOneAsync<T>(
        TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Start(1, timeout, func, cancellationToken);

    /// <inheritdoc/>
    public Task<T> ExpectAsync<T>(
        int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Start(expectedCount, null, func, cancellationToken);

    /// <inheritdoc/>
    public Task<T> ExpectAsync<T>(
        int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Start(expectedCount, timeout, func, cancellationToken);

    /// <inheritdoc/>
    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Start(null, null, func, cancellationToken);

    /// <inheritdoc/>
    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) =>
        Start(null, null, Wrap(action), cancellationToken);

    /// <inheritdoc/>
    public Task MuteAsync(Action action, CancellationToken cancellationToken = default) =>
        Start(null, null, Wrap(action), cancellationToken);

    /// <inheritdoc/>
    public IUnmutableFilter Mute()
    {
        _system.EventStream.Publish(new Mute(_filters));
        return new SimulatedUnmutableFilter(_filters, _system);
    }

    private static Func<Task<bool>> Wrap(Action action) => () =>
    {
        action();
        return Task.FromResult(true);
    };

    private static Func<Task<bool>> Wrap(Func<Task> action) => async () =>
    {
        await action();
        return true;
    };

    private Task<T> Start<T>(int? expected, TimeSpan? timeout, Func<Task<T>> block, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult(Run(expected, timeout, block, cancellation));
        }
        catch (Exception failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    private T Run<T>(int? expected, TimeSpan? timeout, Func<Task<T>> block, CancellationToken cancellation)
    {
        TimeSpan wait = timeout is { } given ? _kit.Dilated(given) : _kit.RemainingOrDefault;
        return new FilteredBlock(_kit.Waits, _system, _filters).Run(expected, wait, block, cancellation);
    }
}
