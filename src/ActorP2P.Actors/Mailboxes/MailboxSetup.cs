namespace ActorP2P.Actors;

/// <summary>A kind of mailbox that Props can name; ours, because Akka.NET's is found by type names at run time.</summary>
public sealed class MailboxSetup
{
    private readonly Func<MessageQueue?> _create;

    private MailboxSetup(Func<MessageQueue?> create) => _create = create;

    /// <summary>Takes whatever comes; what actors have unless told otherwise.</summary>
    public static MailboxSetup Unbounded { get; } = new(static () => null);

    /// <summary>Holds at most so many messages; what does not fit is handled by the policy and becomes a dead letter.</summary>
    public static MailboxSetup Bounded(int capacity, OverflowPolicy overflow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        return new MailboxSetup(() => new BoundedQueue(capacity, overflow));
    }

    /// <summary>Hands out the lowest number first, and equal ones in the order of arrival.</summary>
    /// <param name="priorityGenerator">The number of a message; called by senders, so it must be pure and quick.</param>
    public static MailboxSetup Priority(Func<object, int> priorityGenerator)
    {
        ArgumentNullException.ThrowIfNull(priorityGenerator);
        return new MailboxSetup(() => new PriorityQueueOfMessages(priorityGenerator));
    }

    internal MessageQueue? CreateQueue() => _create();
}
