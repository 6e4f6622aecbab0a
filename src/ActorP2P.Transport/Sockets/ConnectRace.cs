using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>
/// Connects to the first of several addresses that answers (happy eyeballs, RFC 8305, section 5). Each attempt begins a
/// little later than the one before it, or at once when that one has failed. No attempt is abandoned before another has
/// succeeded.
/// </summary>
/// <param name="addresses">The addresses in order, at least one.</param>
/// <param name="attemptDelay">The pause between two attempts.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="connect">Makes one attempt; it fails with a <see cref="SocketException"/>.</param>
/// <typeparam name="T">The type of a connection.</typeparam>
internal sealed class ConnectRace<T>(
    IPEndPoint[] addresses, TimeSpan attemptDelay, TimeProvider time,
    Func<IPEndPoint, CancellationToken, Task<T>> connect)
    where T : class, IDisposable
{
    private readonly List<Task<T>> _running = [];

    /// <summary>Runs the race.</summary>
    /// <exception cref="SocketException">
    /// No address could be connected to; the error is that of the last attempt.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled before an attempt succeeded.</exception>
    public async Task<T> RunAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            for (int next = 0; ;)
            {
                _running.Add(connect(addresses[next++], over.Token));
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

    /// <summary>The first connection that was made; null when it is time for the next attempt.</summary>
    private async Task<T?> FirstAsync(bool isLast, CancellationToken over)
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

            Task<T> ended = _running.Find(static attempt => attempt.IsCompleted)!;
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

    /// <summary>Closes the connection that a losing attempt may still make.</summary>
    private static async Task DropAsync(Task<T> loser)
    {
        try
        {
            (await loser.ConfigureAwait(false)).Dispose();
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The attempt has failed, so there is no connection to close.
        }
    }
}
