using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>
/// Connects to the first of several addresses that answers (happy eyeballs, RFC 8305, section 5): each attempt begins a
/// little later than the one before, or at once when that has failed, and none is given up before another has won.
/// </summary>
/// <param name="addresses">Where to, in order; at least one.</param>
/// <param name="attemptDelay">The pause between two attempts.</param>
/// <param name="time">Its clock.</param>
internal sealed class ConnectRace(IPEndPoint[] addresses, TimeSpan attemptDelay, TimeProvider time)
{
    private readonly List<Task<Socket>> _running = [];

    /// <summary>Runs the race.</summary>
    /// <exception cref="SocketException">No address could be connected to; the error is the last one's.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before one answered.</exception>
    public async Task<Socket> RunAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            for (int next = 0; ;)
            {
                _running.Add(ConnectAsync(addresses[next++], over.Token));
                if (await FirstAsync(isLast: next == addresses.Length, over.Token).ConfigureAwait(false) is { } winner)
                {
                    return winner;
                }
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            _running.ForEach(static loser => _ = DropAsync(loser));
        }
    }

    /// <summary>The first connection there is; null when it is time for the next attempt.</summary>
    private async Task<Socket?> FirstAsync(bool isLast, CancellationToken over)
    {
        while (true)
        {
            if (isLast)
            {
                await Task.WhenAny(_running).ConfigureAwait(false);
            }
            else
            {
                using var decided = CancellationTokenSource.CreateLinkedTokenSource(over);
                Task pause = Task.Delay(attemptDelay, time, decided.Token);
                Task first = await Task.WhenAny([pause, .. _running]).ConfigureAwait(false);
                await decided.CancelAsync().ConfigureAwait(false);
                if (first == pause)
                {
                    over.ThrowIfCancellationRequested();
                    return null;
                }
            }

            Task<Socket> ended = _running.Find(static attempt => attempt.IsCompleted)!;
            _running.Remove(ended);
            try
            {
                return await ended.ConfigureAwait(false);
            }
            catch (SocketException) when (!isLast)
            {
                return null;
            }
            catch (SocketException) when (_running.Count > 0)
            {
                // Another attempt may still succeed.
            }
        }
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        Socket socket = SocketTransport.CreateSocket(address.AddressFamily);
        try
        {
            SocketTransport.Configure(socket);
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Closes what an attempt that lost may still have come to.</summary>
    private static async Task DropAsync(Task<Socket> loser)
    {
        try
        {
            (await loser.ConfigureAwait(false)).Dispose();
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // It came to nothing, which is what was to be made sure of.
        }
    }
}
