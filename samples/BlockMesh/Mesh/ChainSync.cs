using System.Collections.Concurrent;
using ActorP2P;
using BlockMesh.Chain;
using BlockMesh.Messages;
using BlockMesh.Storage;
using Microsoft.Extensions.Logging;
using NBitcoin;

namespace BlockMesh.Mesh;

/// <summary>
/// Fetches what the peers have: first headers, then blocks, with a few asks in flight. Everything is judged before it
/// is stored. A node serves what it has while it still syncs, so the nodes of a line sync at the same time.
/// </summary>
internal sealed class ChainSync(
    P2PNode node, ChainStore store, TimeProvider time, ILogger logger, Action<Refusal> onRefusal)
{
    /// <summary>
    /// The most asks for headers in flight: 8,000 headers or 640 KB, so that one is on its way while another is judged.
    /// </summary>
    private const int HeaderWindow = 4;

    /// <summary>
    /// The blocks in one ask. The early blocks are tiny. Fewer blocks per ask mean that less is repeated after a
    /// failure.
    /// </summary>
    private const int BlocksPerAsk = 8;

    // The pause before the next attempt when nothing came. It starts short, because the predecessor in the line is
    // usually only a moment ahead. It grows to 160 ms while more is expected, and to 640 ms otherwise, because a chain
    // that does not grow is the normal state.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private const int MostDoublingsBehind = 3;
    private const int MostDoublingsSettled = 5;

    // A peer may claim blocks and never send them, and a peer with a limited pace may have none to send for a while.
    // After this many rounds without data, one to two seconds, the chain that other peers confirm counts as complete.
    private const int RoundsOfPatience = 12;

    private readonly ConcurrentQueue<Peer> _toRefuse = new();
    private readonly RemoteChains _remotes = new();
    private readonly ChainAsker _asker = new(node);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _start = time.GetTimestamp();

    /// <summary>Completes when the store has everything that the peers have.</summary>
    public Task Settled => _settled.Task;

    private ChainStatus Own => new(store.HeaderCount, store.BlockCount, _settled.Task.IsCompleted);

    /// <summary>Tells the loop not to ask a peer any more.</summary>
    public void Refuse(Peer peer) => _toRefuse.Enqueue(peer);

    /// <summary>Runs until it is cancelled. It goes on when everything is stored, because more may come.</summary>
    /// <exception cref="ChainStoreException">The store cannot be written.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        int idle = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<Peer> connected = UpdatePeers();
            RemoteChain? remote = _remotes.Next(connected, Own, time.GetElapsedTime(_start));
            bool progress = remote is not null && await TryRoundAsync(remote, cancellationToken);
            if (_remotes.Settle(connected, Own, patient: idle < RoundsOfPatience) && _settled.TrySetResult())
            {
                MeshLog.Settled(logger, store.HeaderCount, store.BlockCount);
            }

            if (progress)
            {
                idle = 0;
                continue;
            }

            int doublings = Math.Min(idle, Settled.IsCompleted ? MostDoublingsSettled : MostDoublingsBehind);
            await Task.Delay(ShortestPause * (1 << doublings), time, cancellationToken);
            idle = Math.Min(idle + 1, RoundsOfPatience);
        }
    }

    private IReadOnlyList<Peer> UpdatePeers()
    {
        IReadOnlyList<Peer> connected = node.Peers;
        _remotes.Update(connected);
        while (_toRefuse.TryDequeue(out Peer? peer))
        {
            _remotes.Refuse(peer);
        }

        return connected;
    }

    private async Task<bool> TryRoundAsync(RemoteChain remote, CancellationToken cancellationToken)
    {
        TimeSpan now = time.GetElapsedTime(_start);
        remote.LastAsked = now;
        try
        {
            int headers = store.HeaderCount;
            int blocks = store.BlockCount;
            if (remote.Status is not { } status || status.Headers > headers || status.Blocks <= blocks)
            {
                // Asks even if the peer has nothing that this node lacks, because the reply tells whether that has
                // changed.
                await FetchHeadersAsync(remote, headers, remote.Status?.Headers ?? headers, cancellationToken);
            }
            else
            {
                await FetchBlocksAsync(remote, blocks, Math.Min(status.Blocks, headers), cancellationToken);
            }

            return store.HeaderCount > headers || store.BlockCount > blocks;
        }
        catch (AskException e)
        {
            TimeSpan backOff = remote.Failed(now);
            MeshLog.AskFailed(logger, $"{remote.Peer}", e.Message, backOff);
            return false;
        }
    }

    private async Task FetchHeadersAsync(RemoteChain remote, int from, int to, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Range[] ranges = Cut(from, Math.Max(to, from + GetHeaders.MostHeaders), GetHeaders.MostHeaders, HeaderWindow);
        Task<HeaderRun>[] asks = [.. ranges.Select(range => _asker.HeadersAsync(remote, range, stop.Token))];
        int height = from;
        try
        {
            foreach (Task<HeaderRun> ask in asks)
            {
                HeaderRun run = await ask;
                if (!Note(remote, run.Status, run.Refusal))
                {
                    return;
                }

                HeaderAppend result = store.AppendHeaders(run.Bytes.Span);
                height += result.Accepted;
                if (result.Verdict != HeaderVerdict.Accepted)
                {
                    RefuseNow(remote, new HeaderRefusal($"{remote.Peer}", height, result.Verdict));
                    return;
                }

                if (run.Bytes.Length < GetHeaders.MostHeaders * BlockHeader.Size)
                {
                    return;
                }
            }
        }
        finally
        {
            await AbandonAsync(stop, asks);
        }
    }

    private async Task FetchBlocksAsync(RemoteChain remote, int from, int to, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Range[] ranges = Cut(from, to, BlocksPerAsk, remote.Window);
        Task<BlockRun>[] asks = [.. ranges.Select(range => _asker.BlocksAsync(remote, range, stop.Token))];
        int height = from;
        try
        {
            for (int i = 0; i < asks.Length; i++)
            {
                BlockRun run = await asks[i];
                if (!Note(remote, run.Status, run.Refusal))
                {
                    return;
                }

                foreach (ReadOnlyMemory<byte> block in run.Items)
                {
                    BlockVerdict verdict = store.AppendBlock(block);
                    if (verdict != BlockVerdict.Valid)
                    {
                        RefuseNow(remote, new BlockRefusal($"{remote.Peer}", height, verdict));
                        return;
                    }

                    height++;
                }

                bool all = height == ranges[i].End.Value;
                remote.Gave(all);
                if (!all)
                {
                    return;
                }
            }
        }
        finally
        {
            await AbandonAsync(stop, asks);
        }
    }

    private static Range[] Cut(int from, int to, int size, int most)
    {
        // In 64 bits, because the end of the range is what the peer stated.
        int count = (int)Math.Min(most, ((long)to - from + size - 1) / size);
        return [.. Enumerable.Range(0, count).Select(i => (from + (i * size))..Math.Min(from + ((i + 1) * size), to))];
    }

    // Asks for later ranges are useless once a range has ended early. Their results and failures are ignored.
    private static async Task AbandonAsync(CancellationTokenSource stop, Task[] asks)
    {
        await stop.CancelAsync();
        await Task.WhenAll(asks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool Note(RemoteChain remote, ChainStatus? status, Refusal? refusal)
    {
        if (status is { } heard)
        {
            remote.Answered(heard);
        }

        if (refusal is not null)
        {
            RefuseNow(remote, refusal);
        }

        return refusal is null;
    }

    private void RefuseNow(RemoteChain remote, Refusal refusal)
    {
        remote.Refused = true;
        onRefusal(refusal);
    }
}
