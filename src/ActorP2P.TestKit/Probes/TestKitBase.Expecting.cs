namespace ActorP2P.TestKit;

/// <content>Expectations, and their asynchronous twins.</content>
public partial class TestKitBase
{
    /// <summary>The next message must be of a type.</summary>
    /// <exception cref="TestKitAssertionException">It is not, or none comes in time.</exception>
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null) => Block(() => ExpectMsgAsync<T>(duration, hint).AsTask());

    /// <summary>The next message must equal one.</summary>
    /// <exception cref="TestKitAssertionException">It does not, or none comes in time.</exception>
    public T ExpectMsg<T>(T message, TimeSpan? duration = null, string? hint = null) =>
        Block(() => ExpectMsgAsync(message, duration, hint).AsTask());

    /// <summary>The next message must be of a type and fulfil a condition.</summary>
    /// <exception cref="TestKitAssertionException">It does not, or none comes in time.</exception>
    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? duration = null, string? hint = null) =>
        Block(() => ExpectMsgAsync(isMessage, duration, hint).AsTask());

    /// <summary>The next message must be of a type and pass assertions.</summary>
    /// <exception cref="TestKitAssertionException">It is of another type, or none comes in time.</exception>
    public T ExpectMsg<T>(Action<T> assert, TimeSpan? duration = null, string? hint = null)
    {
        ArgumentNullException.ThrowIfNull(assert);
        T message = ExpectMsg<T>(duration, hint);
        assert(message);
        return message;
    }

    /// <summary>The next messages must be these, in any order.</summary>
    /// <exception cref="TestKitAssertionException">They are not, or do not come in time.</exception>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        Block(() => ExpectMsgAllOfAsync(messages).AsTask());

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        Block(() => ExpectMsgAllOfAsync(max, messages).AsTask());

    /// <summary>The next message must be one of these.</summary>
    /// <exception cref="TestKitAssertionException">It is not, or none comes in time.</exception>
    public T ExpectMsgAnyOf<T>(params T[] messages) => Block(() => ExpectMsgAnyOfAsync(messages).AsTask());

    /// <summary>No message may come within the default time.</summary>
    /// <exception cref="TestKitAssertionException">One comes.</exception>
    public void ExpectNoMsg() => TakeNone(null);

    /// <summary>No message may come for so long; in a simulation that takes no time.</summary>
    /// <exception cref="TestKitAssertionException">One comes.</exception>
    public void ExpectNoMsg(TimeSpan duration) => TakeNone(duration);

    /// <summary>The next message must tell that an actor has stopped, which must be watched.</summary>
    /// <exception cref="TestKitAssertionException">It does not, or none comes in time.</exception>
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null) =>
        Block(() => ExpectTerminatedAsync(target, timeout, hint).AsTask());

    /// <inheritdoc cref="ExpectMsg{T}(TimeSpan?, string)"/>
    public async ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellation = default)
    {
        TimeSpan limit = Remaining(duration);
        object message = await TakeAsync(limit, cancellation)
            ?? throw Failed($"Expected a message of type {typeof(T)}, but none came within {limit:c}", hint);
        return message is T expected
            ? expected
            : throw Failed($"Expected a message of type {typeof(T)}, but received {Show(message)}", hint);
    }

    /// <inheritdoc cref="ExpectMsg{T}(T, TimeSpan?, string)"/>
    public async ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? duration = null, string? hint = null, CancellationToken cancellation = default)
    {
        TimeSpan limit = Remaining(duration);
        object received = await TakeAsync(limit, cancellation)
            ?? throw Failed($"Expected {Show(message)}, but no message came within {limit:c}", hint);
        return received is T expected && EqualityComparer<T>.Default.Equals(expected, message)
            ? expected
            : throw Failed($"Expected {Show(message)}, but received {Show(received)}", hint);
    }

    /// <inheritdoc cref="ExpectMsg{T}(Predicate{T}, TimeSpan?, string)"/>
    public async ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? duration = null, string? hint = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(isMessage);
        T message = await ExpectMsgAsync<T>(duration, hint, cancellation);
        return isMessage(message) ? message : throw Failed($"{Show(message)} is not as expected", hint);
    }

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public ValueTask<IReadOnlyCollection<T>> ExpectMsgAllOfAsync<T>(
        IReadOnlyCollection<T> messages, CancellationToken cancellation = default) => TakeAllOfAsync(null, messages, cancellation);

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public ValueTask<IReadOnlyCollection<T>> ExpectMsgAllOfAsync<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellation = default) =>
        TakeAllOfAsync(max, messages, cancellation);

    /// <inheritdoc cref="ExpectMsgAnyOf{T}(T[])"/>
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return ExpectMsgAsync<T>(message => messages.Contains(message), null, $"one of {string.Join(", ", messages)}", cancellation);
    }

    /// <inheritdoc cref="ExpectNoMsg()"/>
    public ValueTask ExpectNoMsgAsync(CancellationToken cancellation = default) => TakeNoneAsync(null, cancellation);

    /// <inheritdoc cref="ExpectNoMsg(TimeSpan)"/>
    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellation = default) =>
        TakeNoneAsync(duration, cancellation);

    /// <inheritdoc cref="ExpectTerminated"/>
    public async ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellation = default) =>
        await ExpectMsgAsync<Terminated>(message => message.ActorRef.Equals(target), timeout, hint ?? $"the end of {target}", cancellation);

    private async ValueTask<IReadOnlyCollection<T>> TakeAllOfAsync<T>(
        TimeSpan? max, IReadOnlyCollection<T> messages, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyCollection<object> received = await ReceiveNAsync(messages.Count, max, cancellation);
        List<T> missing = [.. messages];
        foreach (object message in received)
        {
            if (message is not T candidate || !missing.Remove(candidate))
            {
                throw Failed($"Expected all of {string.Join(", ", messages)}, but received {Show(message)}", null);
            }
        }

        return [.. received.Cast<T>()];
    }

    private void TakeNone(TimeSpan? duration) => Block(async () =>
    {
        await TakeNoneAsync(duration, CancellationToken.None);
        return true;
    });

    private async ValueTask TakeNoneAsync(TimeSpan? duration, CancellationToken cancellation)
    {
        if (await TakeAsync(Remaining(duration), cancellation) is { } message)
        {
            throw Failed($"Expected no message, but received {Show(message)}", null);
        }
    }

    private string Show(object? message) => message is null
        ? "null"
        : $"<{message}> of type {message.GetType()}{(_last is { } last && ReferenceEquals(last.Message, message) ? $" from {last.Sender}" : "")}";
}
