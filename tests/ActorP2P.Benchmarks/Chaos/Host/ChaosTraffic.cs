using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The permanent traffic of a node: it asks, tells, broadcasts and connects, and writes the outcomes into the ledger.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="options">The options of its process.</param>
/// <param name="ledger">The ledger into which the outcomes are written.</param>
internal sealed class ChaosTraffic(P2PNode node, ChaosHostOptions options, LedgerWriter ledger)
{
    private const int Workers = 3;
    private const int SmallBytes = 2_000;
    private const int LargeBytes = 300_000;

    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(40);

    private CancellationTokenSource _live = new();
    private Task[] _workers = [];
    private int _open;

    /// <summary>The number of promises that have not ended.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Starts the traffic.</summary>
    public void Start()
    {
        _live = new CancellationTokenSource();
        CancellationToken live = _live.Token;
        _workers = [.. Enumerable.Range(0, Workers).Select(_ => Task.Run(() => LiveAsync(live)))];
    }

    /// <summary>Starts nothing more. What has been started continues.</summary>
    public void Stop() => _live.Cancel();

    /// <summary>Waits until everything that was started has ended.</summary>
    /// <param name="atMost">The longest wait.</param>
    public async Task<bool> EndAsync(TimeSpan atMost)
    {
        Stop();
        long until = Environment.TickCount64 + (long)atMost.TotalMilliseconds;
        while (Open > 0 || _workers.Any(worker => !worker.IsCompleted))
        {
            if (Environment.TickCount64 > until)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        return true;
    }

    /// <summary>Asks another node.</summary>
    /// <returns>Whether the node has answered.</returns>
    public Task<bool> AskAsync(
        Peer peer, int to, int bodyBytes, int replyBytes, CancellationToken cancellationToken = default) =>
        PromiseAsync(LedgerEntryKind.Ask, $"{to}", async id =>
        {
            ChaosAnswer answer = await node.AskAsync<ChaosAnswer>(
                peer, new ChaosQuestion(id, replyBytes, bodyBytes), cancellationToken: cancellationToken);
            if (answer.Id != id || answer.BodyBytes != replyBytes)
            {
                throw new InvalidOperationException("The answer belongs to another question.");
            }
        });

    /// <summary>Tells another node.</summary>
    /// <returns>Whether the message was accepted for sending.</returns>
    public Task<bool> TellAsync(Peer peer, int to, int bytes) => PromiseAsync(
        LedgerEntryKind.Tell, $"{to}", id => node.TellAsync(peer, new ChaosNotice(id, bytes)));

    /// <summary>Broadcasts to all nodes.</summary>
    /// <returns>Whether the message was accepted for sending.</returns>
    public Task<bool> BroadcastAsync(int bytes) => PromiseAsync(
        LedgerEntryKind.Broadcast, "all", id => node.BroadcastAsync(new ChaosNews(id, bytes)));

    private async Task LiveAsync(CancellationToken live)
    {
        while (!live.IsCancellationRequested)
        {
            await ActAsync();
            await Task.Delay(s_longestPause * Random.Shared.NextDouble(), CancellationToken.None);
        }
    }

    private async Task ActAsync()
    {
        int bytes = Random.Shared.Next(100) == 0 ? Random.Shared.Next(LargeBytes) : Random.Shared.Next(SmallBytes);
        int kind = Random.Shared.Next(1000);
        if (kind < 100)
        {
            await BroadcastAsync(bytes);
        }
        else if (kind < 110)
        {
            await ConnectAsync(Random.Shared.Next(options.Nodes));
        }
        else if (Some() is { } peer && ChaosNames.NodeOf(peer, options.Nodes) is { } to)
        {
            if (kind < 115)
            {
                _ = node.DisconnectAsync(peer);
            }
            else if (kind < 400)
            {
                await TellAsync(peer, to, bytes);
            }
            else if (kind < 450)
            {
                using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20)));
                await AskAsync(peer, to, bytes, bytes, soon.Token);
            }
            else
            {
                await AskAsync(peer, to, bytes, Random.Shared.Next(SmallBytes));
            }
        }
    }

    private Task<bool> ConnectAsync(int to) => PromiseAsync(LedgerEntryKind.Connect, $"{to}", id =>
        node.ConnectAsync(new PeerAddress(ChaosNames.HostOf(to), options.Ports[to])));

    private Peer? Some()
    {
        IReadOnlyList<Peer> peers = node.Peers;
        return peers.Count > 0 ? peers[Random.Shared.Next(peers.Count)] : null;
    }

    private async Task<bool> PromiseAsync(LedgerEntryKind kind, string detail, Func<ulong, Task> promise)
    {
        ulong id = ledger.NextId();
        ledger.Write(kind, id, detail);
        Interlocked.Increment(ref _open);
        string end = "ok";
        try
        {
            await promise(id);
        }
        catch (AskException exception)
        {
            end = $"{exception.Reason}";
        }
        catch (SendException exception)
        {
            end = $"{exception.Reason}";
        }
        catch (ConnectException exception)
        {
            end = $"{exception.Reason}";
        }
        catch (OperationCanceledException)
        {
            end = "Cancelled";
        }
        catch (Exception exception)
        {
            // An exception that does not belong to the closed sets of outcomes is a defect that the run looks for.
            end = $"UNTYPED {exception.GetType().Name}: {exception.Message}";
        }

        ledger.Write(LedgerEntryKind.End, id, end);
        Interlocked.Decrement(ref _open);
        return end == "ok";
    }
}
