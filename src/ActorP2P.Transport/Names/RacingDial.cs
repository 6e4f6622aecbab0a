using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// One dial over a real network. It resolves the name, connects to the first address that answers, and calls the sink
/// once.
/// </summary>
/// <typeparam name="T">The result of an attempt.</typeparam>
internal abstract class RacingDial<T>(
    SocketTransportSettings settings, PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout,
    TimeProvider time,
    IDialSink sink)
    : IDisposable, IThreadPoolWorkItem
    where T : class, IDisposable
{
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Begins the work on another thread.</summary>
    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Abandons the dial. It has no effect on a dial that has ended.</summary>
    public void Dispose() => _abandoned.Cancel();

    // Async void on purpose: only an exception of the sink can leave it. That is a bug, which should crash the process
    // instead of being lost in a task that nobody awaits.
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
    /// <exception cref="SocketException">The attempt failed.</exception>
    /// <exception cref="OperationCanceledException">The attempt was cancelled.</exception>
    protected abstract Task<T> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken);

    /// <summary>Makes a connection of the result of an attempt.</summary>
    /// <exception cref="SocketException">The result is not usable.</exception>
    protected abstract IConnection Take(T connected);

    [SuppressMessage("Design", "CA1031",
        Justification = "The application supplies the resolver; any exception becomes a typed failure of the dial.")]
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
                TransportFault.NameNotResolved,
                $"none of the {found.Length} addresses of {address.Host} is left to try"));
    }
}
