using System.Globalization;
using ActorP2P;
using BlockMesh.Chain;
using BlockMesh.Mesh;
using BlockMesh.Messages;
using Microsoft.Extensions.Logging;

namespace BlockMesh.CommandLine;

/// <summary>
/// Runs one node in a process. People and programs can read its output: each line has a word in capitals, followed by
/// names with values.
/// </summary>
/// <param name="options">The options of the command line.</param>
/// <param name="loggers">The factory of the node's loggers.</param>
/// <param name="output">The writer of the output lines.</param>
/// <param name="described">
/// The node that a file describes, with the options applied; null when the options alone describe it.
/// </param>
public sealed class NodeCommand(
    MeshOptions options, ILoggerFactory loggers, TextWriter output, ChainNodeSettings? described = null)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();

    /// <summary>
    /// Runs until it is cancelled, until its sync fails, or until it has all data if it is to end then.
    /// </summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        ChainNodeSettings settings = described ?? new ChainNodeSettings
        {
            Name = "node",
            Listen = new PeerAddress("127.0.0.1", options.NodePort ?? 0),
            Bootstrap = options.Bootstrap,
            FindsOthers = !options.OnlyBootstrap,
            Source = options.Source ? SourceData.Load(options.DataDirectory) : null,
            StoreDirectory = options.StoreDirectory,
            Pace = options.Pace,
        };
        await using ChainNode node = await ChainNode.StartAsync(settings, loggers, cancellationToken);
        using NodeEvents events = node.Events();
        Print($"LISTENING {node.Address}");
        if (node.SetAside is { } aside)
        {
            Print($"SETASIDE file={aside.File} copy={aside.Copy} reason={aside.Reason}");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task links = PrintLinksAsync(node, events, stop.Token);
        Task progress = PrintProgressAsync(node, stop.Token);
        int code = await WaitAsync(node, cancellationToken);
        await stop.CancelAsync();
        await Task.WhenAll(links, progress);
        return code;
    }

    private async Task<int> WaitAsync(ChainNode node, CancellationToken cancellationToken)
    {
        Task ended = Task.Delay(Timeout.Infinite, cancellationToken);
        Task late = options.ExitWhenSynced ? Task.Delay(options.Timeout, cancellationToken) : ended;
        Task first = await Task.WhenAny(node.Failure, node.Settled, late, ended);
        if (first == node.Settled)
        {
            Print($"SYNCED {Describe(node.Status)}");
            first = options.ExitWhenSynced ? first : await Task.WhenAny(node.Failure, ended);
        }

        if (first == node.Failure)
        {
            Print($"FAILED: the sync cannot go on: {(await node.Failure).Message}");
            return ExitCodes.Failed;
        }

        if (first == late && !cancellationToken.IsCancellationRequested)
        {
            string held = Describe(node.Status);
            Print($"FAILED: not synced after {options.Timeout.TotalSeconds:0} s, {held}{Missing(node)}");
            return ExitCodes.Failed;
        }

        Print($"STOPPING {Describe(node.Status)}");
        return cancellationToken.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.Done;
    }

    private async Task PrintLinksAsync(ChainNode node, NodeEvents events, CancellationToken stop)
    {
        // Links that became ready before the events were read. The same link may also be among the events.
        HashSet<long> early = [];
        Dictionary<PeerAddress, string> told = [];
        foreach (UnreachableNode missed in node.Unreachable)
        {
            PrintUnreachable(missed, told);
        }

        foreach (Peer peer in node.Peers)
        {
            early.Add(peer.ConnectionId);
            Print($"CONNECTED {peer}");
        }

        try
        {
            await foreach (NodeEvent happened in events.WithCancellation(stop))
            {
                switch (happened)
                {
                    case PeerConnected connected:
                        told.Remove(connected.Peer.Address);
                        if (!early.Remove(connected.Peer.ConnectionId))
                        {
                            Print($"CONNECTED {connected.Peer}");
                        }

                        break;
                    case DialFailed or PeerRefused { IsOutbound: true }:
                        PrintUnreachable(OutboundLinks.Read(happened)!, told);
                        break;
                    case PeerDisconnected left:
                        Print($"DISCONNECTED {left.Peer} reason={left.Reason} {left.Detail}");
                        break;
                    default:
                        // Only events of links are printed; the log has the others.
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run is over; events of links during the goodbyes are only logged.
            return;
        }
    }

    // A node that cannot be reached is dialled repeatedly. A line is printed only when its reason changes.
    private void PrintUnreachable(UnreachableNode node, Dictionary<PeerAddress, string> told)
    {
        if (!told.TryGetValue(node.Address, out string? reason) || reason != node.Reason)
        {
            told[node.Address] = node.Reason;
            Print($"UNREACHABLE {node.Address} reason={node.Reason} {node.Detail}");
        }
    }

    private async Task PrintProgressAsync(ChainNode node, CancellationToken stop)
    {
        ChainStatus last = default;
        int refusals = 0;
        using var timer = new PeriodicTimer(ProgressInterval);
        while (!stop.IsCancellationRequested)
        {
            ChainStatus status = node.Status;
            if ((status.Headers, status.Blocks) != (last.Headers, last.Blocks))
            {
                last = status;
                Print($"PROGRESS {Describe(status)}");
            }

            foreach (Refusal refusal in node.Refusals.Skip(refusals))
            {
                refusals++;
                Print($"REFUSED {refusal}");
            }

            Task tick = timer.WaitForNextTickAsync(stop).AsTask();
            await tick.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Most often the reason is that no node was reachable to sync from.
    private static string Missing(ChainNode node)
    {
        IReadOnlyList<UnreachableNode> missing = node.Unreachable;
        return missing.Count == 0 ? "" : $"; not reached: {string.Join(", ", missing)}";
    }

    private static string Describe(ChainStatus status) =>
        string.Create(CultureInfo.InvariantCulture, $"headers={status.Headers} blocks={status.Blocks}");

    private void Print(FormattableString line)
    {
        lock (_gate)
        {
            // Each line is flushed at once, so that a program that reads a pipe sees it when it becomes true.
            output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
            output.Flush();
        }
    }
}
