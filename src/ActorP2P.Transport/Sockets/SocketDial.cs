using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>One dial: resolves the name, tries its addresses in order, calls the sink once.</summary>
internal sealed class SocketDial(
    SocketTransport transport, PeerAddress address, TimeSpan timeout, TimeProvider time, IDialSink sink)
    : IDisposable, IThreadPoolWorkItem
{
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Abandons the dial; without effect when it has ended.</summary>
    public void Dispose() => _abandoned.Cancel();

    // Async void on purpose: the only exceptions that can leave it are the sink's, and those are bugs to crash on rather than
    // to lose in a task that nobody looks at.
    async void IThreadPoolWorkItem.Execute()
    {
        Socket? socket = null;
        TransportError error;
        SocketConnection? connection = null;
        try
        {
            socket = await ConnectAsync().ConfigureAwait(false);
            connection = transport.Connect(socket);
            error = default;
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            error = exception.ToTransportError();
        }
        catch (OperationCanceledException)
        {
            error = _abandoned.IsCancellationRequested
                ? new TransportError(TransportFault.Aborted, "the dial was abandoned")
                : new TransportError(TransportFault.TimedOut, $"no connection within {timeout.TotalMilliseconds} ms");
        }

        if (connection is not null)
        {
            sink.OnDialled(connection);
        }
        else
        {
            sink.OnDialFailed(error);
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        long started = time.GetTimestamp();
        IPAddress[] candidates = await ResolveAsync().ConfigureAwait(false);
        for (int i = 0; ; i++)
        {
            // What is left is shared by the addresses not yet tried, so that one that swallows packets leaves the next its turn.
            TimeSpan left = timeout - time.GetElapsedTime(started);
            int untried = candidates.Length - i;
            try
            {
                return await ConnectAsync(candidates[i], left / untried).ConfigureAwait(false);
            }
            catch (SocketException) when (untried > 1)
            {
                // The next address may answer; the last one's error is the dial's.
            }
            catch (OperationCanceledException) when (untried > 1 && !_abandoned.IsCancellationRequested)
            {
                // As above: this address had its share of the time.
            }
        }
    }

    private async Task<IPAddress[]> ResolveAsync()
    {
        if (IPAddress.TryParse(address.Host, out IPAddress? literal))
        {
            return [literal];
        }

        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _abandoned.Token);
        IPAddress[] resolved = await Dns.GetHostAddressesAsync(address.Host, either.Token).ConfigureAwait(false);
        return resolved.Length > 0 ? resolved : throw new SocketException((int)SocketError.HostNotFound);
    }

    private async Task<Socket> ConnectAsync(IPAddress ip, TimeSpan share)
    {
        if (share <= TimeSpan.Zero)
        {
            throw new OperationCanceledException();
        }

        Socket socket = SocketTransport.CreateSocket(ip.AddressFamily);
        try
        {
            SocketTransport.Configure(socket);
            using var deadline = new CancellationTokenSource(share, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _abandoned.Token);
            await socket.ConnectAsync(new IPEndPoint(ip, address.Port), either.Token).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
