using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// One dial over a real network: resolves the name, connects to the first of its addresses that answers, calls the
/// sink once.
/// </summary>
/// <typeparam name="T">What an attempt comes to.</typeparam>
internal abstract class RacingDial<T>(
    SocketTransportSettings settings, PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout, TimeProvider time,
    IDialSink sink)
    : IDisposable, IThreadPoolWorkItem
    where T : class, IDisposable
{
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Begins, on another thread.</summary>
    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Abandons the dial; without effect when it has ended.</summary>
    public void Dispose() => _abandoned.Cancel();

    // Async void on purpose: the only exceptions that can leave it are the sink's, and those are bugs to crash on
    // rather than to lose in a task that nobody looks at.
    async void IThreadPoolWorkItem.Execute()
    {
        (IConnection? connection, TransportError error) = await TryConnectAsync().ConfigureAwait(false);
        if (connection is not null)
        {
            sink.OnDialled(connection);
        }
        else
        {
            sink.OnDialFailed(error);
        }
    }

    /// <summary>One attempt at one address.</summary>
    /// <exception cref="SocketException">It failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    protected abstract Task<T> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken);

    /// <summary>Takes over what an attempt came to.</summary>
    /// <exception cref="SocketException">It is of no use.</exception>
    protected abstract IConnection Take(T connected);

    [SuppressMessage("Design", "CA1031", Justification = "A resolver is the application's; whatever it throws ends the dial, typed.")]
    private async Task<(IConnection? Connection, TransportError Error)> TryConnectAsync()
    {
        T? connected = null;
        try
        {
            connected = await RaceAsync().ConfigureAwait(false);
            return (Take(connected), default);
        }
        catch (SocketException exception)
        {
            connected?.Dispose();
            return (null, exception.ToTransportError());
        }
        catch (OperationCanceledException)
        {
            return (null, _abandoned.IsCancellationRequested
                ? new TransportError(TransportFault.Aborted, "the dial was abandoned")
                : new TransportError(TransportFault.TimedOut, $"no connection within {timeout.TotalMilliseconds} ms"));
        }
        catch (TransportException exception)
        {
            return (null, exception.Error);
        }
        catch (Exception exception)
        {
            connected?.Dispose();
            return (null, new TransportError(TransportFault.Other, $"{exception.GetType().Name}: {exception.Message}"));
        }
    }

    private async Task<T> RaceAsync()
    {
        using var deadline = new DialDeadline(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _abandoned.Token);
        IPAddress[] found = await HostAddresses.FindAsync(
            settings.Resolver, address.Host, either.Token).ConfigureAwait(false);
        IPEndPoint[] candidates =
        [
            .. found.Select(ip => new IPEndPoint(ip, address.Port)).Where(
                end => !except.Contains(PeerAddress.From(end))),
        ];
        return candidates.Length > 0
            ? await new ConnectRace<T>(
                candidates, settings.AttemptDelay, time, ConnectAsync).RunAsync(either.Token).ConfigureAwait(false)
            : throw new TransportException(new TransportError(
                TransportFault.NameNotResolved, $"none of the {found.Length} addresses of {address.Host} is left to try"));
    }
}
