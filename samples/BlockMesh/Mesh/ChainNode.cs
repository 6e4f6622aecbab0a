using System.Collections.Concurrent;
using ActorP2P;
using BlockMesh.Chain;
using BlockMesh.Messages;
using BlockMesh.Storage;
using Microsoft.Extensions.Logging;
using NBitcoin;

namespace BlockMesh.Mesh;

/// <summary>
/// The application of the sample. The node answers requests for headers and blocks, and judges the blocks and
/// transactions that are broadcast. Unless it is the source, it syncs its chain from its peers.
/// </summary>
public sealed class ChainNode : IAsyncDisposable
{
    /// <summary>The most refusals that are kept for display; the log has all of them.</summary>
    private const int MaxRefusals = 100;

    private readonly ChainNodeSettings _settings;
    private readonly ChainStore _store;
    private readonly TransactionPool _pool;
    private readonly IChainView _view;
    private readonly Pacer? _pacer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Refusal> _refusals = new();
    private readonly TaskCompletionSource<Refusal> _firstRefusal = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TimeSpan> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TimeSpan> _announced = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TimeSpan> _relayed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _start;
    private P2PNode _node = null!;
    private readonly OutboundLinks _outbound = new();
    private ChainSync? _sync;
    private Task _syncing = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;

    private ChainNode(ChainNodeSettings settings, ChainStore store, TimeProvider time, ILogger logger)
    {
        _settings = settings;
        _store = store;
        _pool = new TransactionPool(store, settings.Rules);
        _view = settings.Source is { } source ? new SourceChain(source) : store;
        _pacer = settings.Pace is { } pace ? new Pacer(pace, time) : null;
        _time = time;
        _logger = logger;
        _start = time.GetTimestamp();
    }

    /// <summary>Its name, for people.</summary>
    public string Name => _settings.Name;

    /// <summary>Whether it has the data from the start.</summary>
    public bool IsSource => _settings.Source is not null;

    /// <summary>
    /// Where it listens. Who it is does not matter: whatever it sends is judged by its proof of work.
    /// </summary>
    public PeerAddress Address => _node.ListenAddresses[0].WithoutId;

    /// <summary>What it has.</summary>
    public ChainStatus Status => new(_view.HeaderCount, _view.BlockCount, _settled.Task.IsCompletedSuccessfully);

    /// <summary>A snapshot of the ids of the transactions that it keeps until a block contains them.</summary>
    public IReadOnlyList<uint256> Transactions => _pool.Ids;

    /// <summary>The damaged store that was renamed when the node started; null when there was none.</summary>
    public SetAside? SetAside => _store.SetAside;

    /// <summary>A snapshot of the nodes that it dials but cannot reach, each with the latest reason.</summary>
    public IReadOnlyList<UnreachableNode> Unreachable => _outbound.Unreachable;

    /// <summary>The data that it refused.</summary>
    public IReadOnlyList<Refusal> Refusals => [.. _refusals];

    /// <summary>The statistics of its connections.</summary>
    public NodeStatistics Statistics => _node.Statistics;

    /// <summary>Completes when it has all data that its peers have, with the time that this took.</summary>
    public Task<TimeSpan> Settled => _settled.Task;

    /// <summary>
    /// Completes when it has accepted or sent a valid announced block, with the time since the start.
    /// </summary>
    public Task<TimeSpan> Announced => _announced.Task;

    /// <summary>
    /// Completes when it has accepted or sent a valid announced transaction, with the time since the start.
    /// </summary>
    public Task<TimeSpan> Relayed => _relayed.Task;

    /// <summary>Completes with its first refusal.</summary>
    public Task<Refusal> FirstRefusal => _firstRefusal.Task;

    /// <summary>
    /// Completes with the reason when it cannot continue: its store cannot be written, or its P2P node failed.
    /// </summary>
    public Task<Exception> Failure => _failure.Task;

    /// <summary>Opens the store, listens, dials, and begins to sync.</summary>
    /// <exception cref="ChainStoreException">The store cannot be opened.</exception>
    public static async Task<ChainNode> StartAsync(
        ChainNodeSettings settings, ILoggerFactory loggers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ChainStore store = settings.StoreDirectory is { } directory
            ? ChainStore.Open(directory, settings.Rules, loggers.CreateLogger<ChainStore>())
            : ChainStore.InMemory(settings.Rules);
        var node = new ChainNode(
            settings, store, TimeProvider.System, loggers.CreateLogger($"BlockMesh.{settings.Name}"));
        try
        {
            await node.StartAsync(loggers, cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Broadcasts a block to the mesh. It is not judged here; the receivers judge it.</summary>
    public async Task AnnounceAsync(ReadOnlyMemory<byte> block, CancellationToken cancellationToken = default)
    {
        int peers = await _node.BroadcastAsync(new NewBlock(block), cancellationToken: cancellationToken);
        MeshLog.Broadcast(_logger, block.Length, peers);
        _announced.TrySetResult(_time.GetElapsedTime(_start));
    }

    /// <summary>Broadcasts a transaction to the mesh. It is not judged here; the receivers judge it.</summary>
    public async Task AnnounceTransactionAsync(
        ReadOnlyMemory<byte> transaction, CancellationToken cancellationToken = default)
    {
        int peers = await _node.BroadcastAsync(new NewTransaction(transaction), cancellationToken: cancellationToken);
        MeshLog.BroadcastTransaction(_logger, transaction.Length, peers);
        _relayed.TrySetResult(_time.GetElapsedTime(_start));
    }

    /// <summary>A snapshot of the peers it is connected to.</summary>
    public IReadOnlyList<Peer> Peers => _node.Peers;

    /// <summary>The events of its connections from now on.</summary>
    public NodeEvents Events() => _node.Events();

    /// <summary>Stops syncing, says goodbye to all peers, and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _syncing;
        if (_node is not null)
        {
            await _node.DisposeAsync();
            await _watching;
        }

        _store.Dispose();
        _stop.Dispose();
    }

    private async Task StartAsync(ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        P2PNodeOptions settings =
            (_settings.Network ?? new P2PNodeOptions { NetworkId = $"blockmesh-{_settings.Rules.Name}" }) with
        {
            Listen = _settings.Listen,
            Bootstrap = _settings.Bootstrap,
        };
        if (_settings.FindsOthers)
        {
            // The nodes of the sample run on one machine or in one house.
            settings = settings with
            {
                Discovery = settings.Discovery with { Mode = DiscoveryMode.On, PrivateAddresses = true },
            };
        }

        _node = await P2PNode.StartAsync(
            settings,
            protocol => protocol
                .Service(MessageCodes.Service, "blockmesh")
                .OnRequest<GetHeaders, Headers>((request, _) => Answer(request))
                .OnRequest<GetBlocks, Blocks>(AnswerAsync)
                .OnBroadcast<NewBlock>(Judge)
                .OnBroadcast<NewTransaction>(Judge),
            new P2PNodeServices { LoggerFactory = loggers },
            cancellationToken);
        _watching = Task.WhenAll(WatchAsync(_node.Completion), _outbound.WatchAsync(_node.Events()));
        MeshLog.Listening(_logger, $"{Address}");
        if (_settings.Source is not null)
        {
            _settled.TrySetResult(TimeSpan.Zero);
            return;
        }

        var sync = new ChainSync(_node, _store, _time, _logger, Record);
        Volatile.Write(ref _sync, sync);
        _syncing = SyncAsync(sync);
    }

    private Headers Answer(GetHeaders request)
    {
        // The status is read first, so that the asker gets at least as much as the status says.
        ChainStatus status = Status;
        return new Headers(status, request.From, _view.ReadHeaders(request.From, request.Max));
    }

    private async ValueTask<Blocks> AnswerAsync(GetBlocks request, RequestContext context)
    {
        int max = Math.Min(request.Max, Math.Max(0, _view.BlockCount - request.From));
        if (_pacer is not null && max > 0)
        {
            max = await _pacer.TakeAsync(max, context.CancellationToken);
        }

        return new Blocks(Status, request.From, _view.ReadBlocks(request.From, max));
    }

    private Verdict Judge(NewBlock message, BroadcastContext context)
    {
        BlockVerdict verdict = _store.Announce(message.Bytes.Span);
        if (verdict == BlockVerdict.Valid)
        {
            MeshLog.Announced(_logger, $"{context.Peer}", message.Bytes.Length);
            _announced.TrySetResult(_time.GetElapsedTime(_start));
            return Verdict.Accept;
        }

        return Reject(context, new AnnouncementRefusal($"{context.Peer}", verdict));
    }

    private Verdict Judge(NewTransaction message, BroadcastContext context)
    {
        TransactionVerdict verdict = _pool.Add(message.Bytes.Span);
        switch (verdict)
        {
            case TransactionVerdict.Accepted:
                MeshLog.TookTransaction(_logger, $"{context.Peer}", message.Bytes.Length);
                _relayed.TrySetResult(_time.GetElapsedTime(_start));
                return Verdict.Accept;

            // The peer is not at fault: it may have more blocks or other transactions than this node. A source keeps no
            // outputs and relays no transaction.
            case TransactionVerdict.Known or TransactionVerdict.MissingOutput or TransactionVerdict.ImmatureOutput
                or TransactionVerdict.DoubleSpend or TransactionVerdict.PoolFull:
                MeshLog.LeftTransaction(_logger, $"{context.Peer}", verdict);
                return Verdict.Ignore;
            default:
                return Reject(context, new TransactionRefusal($"{context.Peer}", verdict));
        }
    }

    private Verdict Reject(BroadcastContext context, Refusal refusal)
    {
        Volatile.Read(ref _sync)?.Refuse(context.Peer);
        Record(refusal);
        return Verdict.Reject;
    }

    private void Record(Refusal refusal)
    {
        MeshLog.Refused(_logger, refusal);
        if (_refusals.Count < MaxRefusals)
        {
            _refusals.Enqueue(refusal);
        }

        _firstRefusal.TrySetResult(refusal);
    }

    private async Task WatchAsync(Task completion)
    {
        try
        {
            await completion;
        }
        catch (NodeStoppedException e)
        {
            _failure.TrySetResult(e);
        }
    }

    private async Task SyncAsync(ChainSync sync)
    {
        try
        {
            Task running = sync.RunAsync(_stop.Token);
            await await Task.WhenAny(running, sync.Settled);
            _settled.TrySetResult(_time.GetElapsedTime(_start));
            await running;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            MeshLog.SyncStopped(_logger, _store.HeaderCount, _store.BlockCount);
        }
        catch (Exception e)
        {
            // A node without its sync is useless. The caller that started it learns the reason and ends it.
            MeshLog.SyncFailed(_logger, e);
            _failure.TrySetResult(e);
        }
    }
}
