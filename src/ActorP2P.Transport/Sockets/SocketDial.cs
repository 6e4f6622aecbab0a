using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>One dial: resolves the name, connects to the first of its addresses that answers, calls the sink once.</summary>
internal sealed class SocketDial(
    SocketTransport transport, PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout, TimeProvider time,
    IDialSink sink)
    : IDisposable, IThreadPoolWorkItem
{
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Abandons the dial; without effect when it has ended.</summary>
    public void Dispose() => _abandoned.Cancel();

    // Async void on purpose: the only exceptions that can leave it are the sink's, and those are bugs to crash on rather than
    // to lose in a task that nobody looks at.
    async void IThreadPoolWorkItem.Execute()
    {
        (SocketConnection? connection, TransportError error) = await TryConnectAsync().ConfigureAwait(false);
        if (connection is not null)
        {
            sink.OnDialled(connection);
        }
        else
        {
            sink.OnDialFailed(error);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A resolver is the application's; whatever it throws ends the dial, typed.")]
    private async Task<(SocketConnection? Connection, TransportError Error)> TryConnectAsync()
    {
        Socket? socket = null;
        try
        {
            socket = await ConnectAsync().ConfigureAwait(false);
            return (transport.Connect(socket), default);
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
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
            socket?.Dispose();
            return (null, new TransportError(TransportFault.Other, $"{exception.GetType().Name}: {exception.Message}"));
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        using var deadline = new DialDeadline(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _abandoned.Token);
        IPAddress[] found =
            await HostAddresses.FindAsync(transport.Settings.Resolver, address.Host, either.Token).ConfigureAwait(false);
        IPEndPoint[] candidates =
        [
            .. found.Select(ip => new IPEndPoint(ip, address.Port)).Where(end => !except.Contains(PeerAddress.From(end))),
        ];
        return candidates.Length > 0
            ? await new ConnectRace(candidates, transport.Settings.AttemptDelay, time).RunAsync(either.Token).ConfigureAwait(false)
            : throw new TransportException(new TransportError(
                TransportFault.NameNotResolved, $"none of the {found.Length} addresses of {address.Host} is left to try"));
    }
}
