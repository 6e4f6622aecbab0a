using System.Threading.Channels;

namespace ActorP2P;

/// <summary>
/// The events of a node, from the moment this object was made, for one subscriber. Its buffer is bounded: a subscriber
/// that does not keep up loses the oldest events, and an <see cref="EventsMissed"/> stands in their place. Only one
/// reader may use it at a time. The sequence ends when the node has stopped.
/// </summary>
public sealed class NodeEvents : IAsyncEnumerable<NodeEvent>, IDisposable
{
    private readonly Channel<NodeEvent> _channel;
    private readonly NodeId _node;
    private readonly string? _nodeName;
    private readonly Action<NodeEvents> _unsubscribe;
    private long _missed;
    private long _toldMissed;

    internal NodeEvents(NodeId node, string? nodeName, int capacity, Action<NodeEvents> unsubscribe)
    {
        if (capacity < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(capacity), capacity, $"{nameof(capacity)} is {capacity}; allowed: 1 or more.");
        }

        _node = node;
        _nodeName = nodeName;
        _unsubscribe = unsubscribe;
        _channel = Channel.CreateBounded<NodeEvent>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _missed));
    }

    /// <summary>The number of all events that were lost because they were not read in time.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    /// <summary>Takes an event that has already happened, without waiting.</summary>
    /// <param name="nodeEvent">The event.</param>
    /// <returns>False when there is none now.</returns>
    public bool TryRead([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out NodeEvent nodeEvent)
    {
        // The events in the channel are newer than the lost ones.
        long missed = Missed - _toldMissed;
        if (missed > 0)
        {
            _toldMissed += missed;
            nodeEvent = new EventsMissed(missed) { Node = _node, NodeName = _nodeName };
            return true;
        }

        return _channel.Reader.TryRead(out nodeEvent);
    }

    /// <summary>Waits for the next event.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ChannelClosedException">The node has stopped, or the subscription was disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async ValueTask<NodeEvent> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (TryRead(out NodeEvent? next))
            {
                return next;
            }

            if (!await _channel.Reader.WaitToReadAsync(cancellationToken))
            {
                throw new ChannelClosedException();
            }
        }
    }

    /// <summary>Waits for the next event of a type, passing over others.</summary>
    /// <typeparam name="T">The type of event.</typeparam>
    /// <param name="accept">Says which event of the type is wanted; null: the first one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ChannelClosedException">The node has stopped, or the subscription was disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async ValueTask<T> ReadAsync<T>(Predicate<T>? accept = null, CancellationToken cancellationToken = default)
        where T : NodeEvent
    {
        while (true)
        {
            if (await ReadAsync(cancellationToken) is T wanted && accept?.Invoke(wanted) != false)
            {
                return wanted;
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerator<NodeEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        do
        {
            while (TryRead(out NodeEvent? next))
            {
                yield return next;
            }
        }
        while (await _channel.Reader.WaitToReadAsync(cancellationToken));
    }

    /// <summary>Ends the subscription.</summary>
    public void Dispose()
    {
        _unsubscribe(this);
        Complete();
    }

    internal void Publish(NodeEvent nodeEvent) => _channel.Writer.TryWrite(nodeEvent);

    internal void Complete() => _channel.Writer.TryComplete();
}
