using System.Globalization;
using ActorP2P;
using BlockMesh.Mesh;
using Microsoft.Extensions.Logging;
using NBitcoin;
using NBitcoin.Crypto;

namespace BlockMesh.Demo;

/// <summary>
/// Runs nodes in one process over real TCP, by default in a line over loopback in which each node knows only its
/// predecessor. A source has the data and the others sync them. Then the source broadcasts the large block and a
/// transaction, which the other nodes relay to the last one.
/// </summary>
public sealed class MeshRun(MeshSettings settings, ILoggerFactory loggers, IProgress<MeshProgress>? progress = null)
    : IAsyncDisposable
{
    // Ten updates a second look continuous and cost little.
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly List<ChainNode> _nodes = [];
    private readonly long _start = TimeProvider.System.GetTimestamp();

    private int TotalHeaders => settings.Data.Headers.Length / BlockHeader.Size;

    private int TotalBlocks => settings.Data.Blocks.Count;

    /// <summary>Runs once from start to end. The nodes run until they are disposed.</summary>
    /// <param name="cancellationToken">Ends the run as failed.</param>
    public async Task<MeshResult> RunAsync(CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(settings.Timeout);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task reporting = Task.CompletedTask;
        string? problem;
        try
        {
            await StartNodesAsync(deadline.Token);
            reporting = ReportAsync(done.Token);
            problem = await RunStepsAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            problem = cancellationToken.IsCancellationRequested
                ? "interrupted"
                : string.Create(
                    CultureInfo.InvariantCulture, $"not done after {settings.Timeout.TotalSeconds:0} s: {Missing()}");
        }

        await done.CancelAsync();
        await reporting;
        return Conclude(problem);
    }

    /// <summary>Stops all nodes; each says goodbye to its peers.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (ChainNode node in _nodes)
        {
            await node.DisposeAsync();
        }

        _nodes.Clear();
    }

    private async Task StartNodesAsync(CancellationToken cancellationToken)
    {
        foreach (ChainNodeSettings described in settings.Described ?? [])
        {
            _nodes.Add(await ChainNode.StartAsync(described, loggers, cancellationToken));
        }

        for (int i = 0; settings.Described is null && i < settings.Nodes; i++)
        {
            PeerAddress[] predecessor = i == 0 ? [] : [_nodes[i - 1].Address];
            var node = new ChainNodeSettings
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"node-{i + 1}"),
                Bootstrap = predecessor,
                Source = i == 0 ? settings.Data : null,
                Pace = settings.Pace,
            };
            _nodes.Add(await ChainNode.StartAsync(node, loggers, cancellationToken));
        }
    }

    /// <returns>The failure as a text; null when there was none.</returns>
    private async Task<string?> RunStepsAsync(CancellationToken deadline)
    {
        Task<Task<string>> trouble = Task.WhenAny(_nodes.Select(TroubleAsync));
        string? problem = await AwaitAsync(_nodes.Select(node => node.Settled), trouble, deadline);
        if (problem is null)
        {
            ChainNode source = _nodes.First(node => node.IsSource);
            await source.AnnounceAsync(settings.Data.LargeBlock, deadline);
            await source.AnnounceTransactionAsync(settings.Data.Transaction, deadline);
            problem = await AwaitAsync(
                _nodes.SelectMany<ChainNode, Task>(node => [node.Announced, node.Relayed]), trouble, deadline);
        }

        return problem;
    }

    private static async Task<string?> AwaitAsync(
        IEnumerable<Task> step, Task<Task<string>> trouble, CancellationToken deadline)
    {
        await Task.WhenAny(Task.WhenAll(step), trouble).WaitAsync(deadline);
        return trouble.IsCompleted ? await await trouble : null;
    }

    private static async Task<string> TroubleAsync(ChainNode node)
    {
        Task first = await Task.WhenAny(node.FirstRefusal, node.Failure);
        return first == node.FirstRefusal
            ? $"{node.Name} refused {await node.FirstRefusal}"
            : $"{node.Name} cannot go on: {(await node.Failure).Message}";
    }

    private async Task ReportAsync(CancellationToken done)
    {
        if (progress is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(ProgressInterval);
        try
        {
            do
            {
                progress.Report(Snapshot());
            }
            while (await timer.WaitForNextTickAsync(done));
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The last report has the final figures.
            progress.Report(Snapshot());
        }
    }

    private MeshProgress Snapshot() => new(
        TotalHeaders,
        TotalBlocks,
        [.. _nodes.Select(node => new NodeProgress(
            node.Name, node.Status.Headers, node.Status.Blocks, node.Announced.IsCompletedSuccessfully))]);

    private MeshResult Conclude(string? problem)
    {
        NodeReport[] reports = [.. _nodes.Select(Report)];
        problem ??= reports.All(IsComplete) ? null : Missing();
        if (problem is not null)
        {
            return new MeshResult(Succeeded: false, $"FAILED: {problem}", reports);
        }

        uint256 large = Hashes.DoubleSHA256(settings.Data.LargeBlock[..BlockHeader.Size].ToArray());
        TimeSpan took = TimeProvider.System.GetElapsedTime(_start);
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"OK: {reports.Length} nodes hold {TotalHeaders} headers, {TotalBlocks} blocks and block {large} "
            + $"after {took.TotalSeconds:0.0} s");
        return new MeshResult(Succeeded: true, summary, reports);
    }

    private bool IsComplete(NodeReport report) =>
        report.Headers == TotalHeaders && report.Blocks == TotalBlocks && report.LargeBlock && report.Transaction
        && report.Refusals.Count == 0;

    private string Missing()
    {
        IEnumerable<NodeReport> incomplete = _nodes.Select(Report).Where(report => !IsComplete(report));
        IEnumerable<string> lacking = incomplete.Select(report => string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Name} holds {report.Headers}/{TotalHeaders} headers, {report.Blocks}/{TotalBlocks} blocks, "
            + $"{(report.LargeBlock ? "the large block" : "no large block")}, "
            + $"{(report.Transaction ? "the transaction" : "no transaction")}"));
        IEnumerable<string> alone = _nodes.SelectMany(
            node => node.Unreachable.Select(missed => $"{node.Name} does not reach {missed}"));
        return string.Join("; ", lacking.Concat(alone));
    }

    private static NodeReport Report(ChainNode node) => new()
    {
        Name = node.Name,
        Headers = node.Status.Headers,
        Blocks = node.Status.Blocks,
        LargeBlock = node.Announced.IsCompletedSuccessfully,
        Transaction = node.Relayed.IsCompletedSuccessfully,
        SettledAfter = node.Settled.IsCompletedSuccessfully ? node.Settled.Result : null,
        BytesReceived = node.Statistics.BytesReceived,
        BytesSent = node.Statistics.BytesSent,
        Duplicates = node.Statistics.DuplicateBroadcasts,
        Refusals = node.Refusals,
    };
}
