using System.Threading.Channels;

namespace ActorP2P;

/// <summary>
/// One subscriber's view of the node's events. Bounded: a subscriber that does not keep up loses the oldest, and
/// <see cref="Missed"/> says how many.
/// </summary>
public sealed class NodeEvents : IAsyncEnumerable<NodeEvent>, IDisposable
{
    private readonly Channel<NodeEvent> _channel;
    private readonly Action<NodeEvents> _unsubscribe;
    private long _missed;

    internal NodeEvents(int capacity, Action<NodeEvents> unsubscribe)
    {
        if (capacity < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"{nameof(capacity)} is {capacity}; allowed: 1 or more.");
        }

        _unsubscribe = unsubscribe;
        _channel = Channel.CreateBounded<NodeEvent>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _missed));
    }

    /// <summary>Events lost because they were not read in time.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    /// <summary>Takes an event that has already happened, without waiting.</summary>
    public bool TryRead([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out NodeEvent nodeEvent) =>
        _channel.Reader.TryRead(out nodeEvent);

    /// <summary>Waits for the next event.</summary>
    /// <exception cref="ChannelClosedException">The node has stopped, or the subscription was disposed.</exception>
    public ValueTask<NodeEvent> ReadAsync(CancellationToken cancellationToken = default) => _channel.Reader.ReadAsync(cancellationToken);

    /// <summary>Waits for the next event of a type, passing over others.</summary>
    /// <exception cref="ChannelClosedException">The node has stopped, or the subscription was disposed.</exception>
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
    public IAsyncEnumerator<NodeEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _channel.Reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    /// <summary>Ends the subscription.</summary>
    public void Dispose()
    {
        _unsubscribe(this);
        Complete();
    }

    internal void Publish(NodeEvent nodeEvent) => _channel.Writer.TryWrite(nodeEvent);

    internal void Complete() => _channel.Writer.TryComplete();
}
