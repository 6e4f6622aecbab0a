using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.TestKit;

/// <summary>Accepts connections from nodes for fake peers.</summary>
public sealed class FakeListener : IAcceptSink, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<IConnection> _accepted = new();
    private readonly Queue<TaskCompletionSource<IConnection>> _waiting = new();
    private readonly TaskCompletionSource<PeerAddress> _bound = new();
    private readonly IDisposable _listener;

    private readonly NodeIdentity? _identity;

    internal FakeListener(ITransport transport, PeerAddress address, NodeIdentity? identity)
    {
        _identity = identity;
        _listener = transport.Listen(address, this);
    }

    /// <summary>The address it listens on. A virtual network knows it at once.</summary>
    /// <exception cref="InvalidOperationException">It is not bound yet: wait for <see cref="Listening"/>.</exception>
    /// <exception cref="TransportException">It could not be bound.</exception>
    public PeerAddress Address => _bound.Task.IsCompleted
        ? _bound.Task.GetAwaiter().GetResult()
        : throw new InvalidOperationException($"The listener is not bound yet; wait for {nameof(Listening)}.");

    /// <summary>
    /// Completes with the address when it is bound, or fails with a <see cref="TransportException"/>.
    /// </summary>
    public Task<PeerAddress> Listening => _bound.Task;

    /// <summary>The next connection that a node makes. Until it is accepted here, the node receives nothing.</summary>
    public async Task<FakePeer> AcceptAsync()
    {
        Task<IConnection> next;
        lock (_gate)
        {
            if (_accepted.TryDequeue(out IConnection? waiting))
            {
                return new FakePeer(waiting, _identity);
            }

            TaskCompletionSource<IConnection> promise = new();
            _waiting.Enqueue(promise);
            next = promise.Task;
        }

        return new FakePeer(await next, _identity);
    }

    /// <summary>Stops listening, and closes connections that were not accepted.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        lock (_gate)
        {
            while (_accepted.TryDequeue(out IConnection? left))
            {
                left.Dispose();
            }
        }
    }

    void IAcceptSink.OnListening(IReadOnlyList<PeerAddress> addresses) => _bound.TrySetResult(addresses[0]);

    void IAcceptSink.OnListenFailed(TransportError error) => _bound.TrySetException(new TransportException(error));

    void IAcceptSink.OnAccepted(IConnection connection)
    {
        TaskCompletionSource<IConnection>? waiter;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out waiter))
            {
                _accepted.Enqueue(connection);
            }
        }

        waiter?.TrySetResult(connection);
    }

    void IAcceptSink.OnAcceptFailed(TransportError error)
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out TaskCompletionSource<IConnection>? waiter))
            {
                waiter.TrySetException(new TransportException(error));
            }
        }
    }
}
