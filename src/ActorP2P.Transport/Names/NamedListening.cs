using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// Listens on a host over a real network. It finds the addresses of the host, binds those that this machine has at one
/// common port, and answers the sink. No thread waits for it.
/// </summary>
internal abstract class NamedListening(
    SocketTransportSettings settings, PeerAddress address, TimeProvider time, IAcceptSink sink)
    : IDisposable, IThreadPoolWorkItem
{
    // The system chose a port that is free at the first address. That another process has it at the next address is
    // rare, and that this happens eight times in a row far more so.
    private const int MaxTries = 8;

    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private IReadOnlyList<IBoundAddress> _bound = [];
    private bool _isDisposed;

    /// <summary>Begins the work on another thread.</summary>
    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    public void Dispose()
    {
        IReadOnlyList<IBoundAddress> bound;
        lock (_lock)
        {
            _isDisposed = true;
            bound = _bound;
            _bound = [];
        }

        _disposed.Cancel();
        Close(bound);
    }

    // Async void on purpose, as in a dial: only an exception of the sink can leave it.
    async void IThreadPoolWorkItem.Execute()
    {
        (IReadOnlyList<IBoundAddress> bound, TransportError error) = await TryBindAsync().ConfigureAwait(false);
        bool isDisposed;
        lock (_lock)
        {
            isDisposed = _isDisposed;
            _bound = isDisposed ? [] : bound;
        }

        if (bound.Count == 0 || isDisposed)
        {
            Close(bound);
            sink.OnListenFailed(
                isDisposed ? new TransportError(TransportFault.Aborted, "the listener was disposed") : error);
            return;
        }

        sink.OnListening([.. bound.Select(static one => one.Address)]);
        foreach (IBoundAddress one in bound)
        {
            one.Open();
        }
    }

    /// <summary>Binds one address. Nothing is accepted there until it is opened.</summary>
    /// <exception cref="SocketException">It cannot be bound.</exception>
    protected abstract Task<IBoundAddress> BindAsync(IPEndPoint address);

    private static void Close(IReadOnlyList<IBoundAddress> bound)
    {
        foreach (IBoundAddress one in bound)
        {
            one.Dispose();
        }
    }

    [SuppressMessage("Design", "CA1031",
        Justification = "The application supplies the resolver; any exception becomes a typed failure to listen.")]
    private async Task<(IReadOnlyList<IBoundAddress> Bound, TransportError Error)> TryBindAsync()
    {
        try
        {
            IPAddress[] found = await FindAsync().ConfigureAwait(false);
            return (await BindAsync(found).ConfigureAwait(false), default);
        }
        catch (SocketException exception)
        {
            return ([], exception.ToTransportError());
        }
        catch (OperationCanceledException)
        {
            return ([], new TransportError(
                TransportFault.NameNotResolved,
                $"no addresses of '{address.Host}' within {settings.ResolveTimeout.TotalMilliseconds} ms"));
        }
        catch (Exception exception)
        {
            return ([], new TransportError(TransportFault.Other, $"{exception.GetType().Name}: {exception.Message}"));
        }
    }

    private async Task<IPAddress[]> FindAsync()
    {
        using var deadline = new CancellationTokenSource(settings.ResolveTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _disposed.Token);
        return await HostAddresses.FindAsync(settings.Resolver, address.Host, either.Token).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<IBoundAddress>> BindAsync(IPAddress[] addresses)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await BindOnceAsync(addresses, address.Port).ConfigureAwait(false);
            }
            catch (SocketException exception)
                when (address.Port == 0 && tries < MaxTries
                    && exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Try again with the next port that the system chooses.
            }
        }
    }

    /// <summary>
    /// Binds all addresses at one port. Addresses that this machine does not have are skipped: a hosts file often names
    /// <c>::1</c> on machines without IPv6.
    /// </summary>
    private async Task<List<IBoundAddress>> BindOnceAsync(IPAddress[] addresses, int port)
    {
        List<IBoundAddress> bound = [];
        SocketException? missing = null;
        try
        {
            foreach (IPAddress ip in addresses)
            {
                try
                {
                    bound.Add(await BindAsync(new IPEndPoint(ip, port)).ConfigureAwait(false));
                    port = bound[^1].Address.Port;
                }
                catch (SocketException exception) when (exception.SocketErrorCode
                    is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
                {
                    missing = exception;
                }
            }
        }
        catch
        {
            Close(bound);
            throw;
        }

        return bound.Count > 0 ? bound : throw missing!;
    }
}
