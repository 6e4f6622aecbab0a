using Microsoft.Extensions.Hosting;

namespace ActorP2P.Cli.Admin;

/// <summary>Watches a node of the host from its start to its end, and reports on it.</summary>
/// <param name="name">The node's name.</param>
/// <param name="node">The node.</param>
/// <param name="options">The node's settings.</param>
/// <param name="time">The host's clock.</param>
internal sealed class NodeWatch(string name, P2PNode node, Func<P2PNodeOptions> options, TimeProvider time)
    : IHostedService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ReasonKey, ReasonReport> _reasons = [];
    private DateTimeOffset _since;
    private NodeEvents? _events;
    private Task _watching = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _since = time.GetUtcNow();
        _events = node.Events();
        _watching = WatchAsync(_events);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _events?.Dispose();
        return _watching;
    }

    /// <summary>The node now.</summary>
    public NodeReport Report()
    {
        NodeStatistics totals = node.Statistics;
        IReadOnlyList<Peer> peers = node.Peers;
        P2PNodeOptions settings = options();
        return new NodeReport
        {
            Node = name,
            Id = $"{node.Id}",
            Network = settings.NetworkId,
            Encryption = $"{settings.Encryption}",
            Listening = [.. node.ListenAddresses.Select(static address => $"{address}")],
            At = time.GetUtcNow(),
            Since = _since,
            BytesIn = totals.BytesReceived,
            BytesOut = totals.BytesSent,
            FramesIn = totals.FramesReceived,
            FramesOut = totals.FramesSent,
            BroadcastsIn = totals.BroadcastsReceived,
            DuplicatesIn = totals.DuplicateBroadcasts,
            HeldBytes = totals.HeldBytes,
            MemoryBudget = totals.MemoryBudget,
            PeerCount = peers.Count,
            Peers = [.. peers.OrderBy(static peer => peer.ConnectionId).Take(NodeReport.MaxPeers).Select(ReportOf)],
            BanCount = node.Bans.Count,
            Reasons = Reasons(),
        };
    }

    private static PeerReport ReportOf(Peer peer)
    {
        PeerStatistics figures = peer.Statistics;
        return new PeerReport
        {
            Connection = peer.ConnectionId,
            Id = $"{peer.Id ?? peer.ClaimedId?.Claim}",
            IsProven = peer.IsProven,
            IsOutbound = peer.IsOutbound,
            IsMember = peer.IsMember,
            IsLoggedIn = peer.IsLoggedIn,
            Address = $"{peer.Address.WithoutId}",
            Software = peer.UserAgent,
            Services = [.. peer.Services.Take(PeerReport.MaxServices).Select(static service => service.Name)],
            Since = figures.ConnectedSince,
            RoundTripMs = figures.RoundTrip is { } trip ? Math.Round(trip.TotalMilliseconds, 3) : null,
            BytesIn = figures.BytesReceived,
            BytesOut = figures.BytesSent,
            MessagesIn = MessagesOf(figures.Received),
            MessagesOut = MessagesOf(figures.Sent),
            QueuedHigh = figures.QueuedHigh,
            QueuedNormal = figures.QueuedNormal,
            QueuedBulk = figures.QueuedBulk,
            HeldBytes = figures.HeldBytes,
            DroppedBroadcasts = figures.DroppedBroadcasts,
        };
    }

    private static long MessagesOf(MessageStatistics figures) =>
        figures.Requests + figures.Responses + figures.Notifies + figures.Broadcasts;

    private List<ReasonReport> Reasons()
    {
        lock (_lock)
        {
            return [.. _reasons.Values.OrderByDescending(static reason => reason.Count)
                .ThenBy(static reason => $"{reason.What} {reason.Reason} {reason.Side}", StringComparer.Ordinal)];
        }
    }

    private async Task WatchAsync(NodeEvents events)
    {
        await foreach (NodeEvent happened in events)
        {
            switch (happened)
            {
                case PeerDisconnected gone:
                    Count("ended", $"{gone.End.Reason}", $"{gone.End.Side}");
                    break;
                case PeerRefused refused:
                    Count("refused", $"{refused.End.Reason}", $"{refused.End.Side}");
                    break;
                case DialFailed failed:
                    Count("not dialled", $"{failed.Reason}", "");
                    break;
            }
        }
    }

    // The reasons are a closed set, so the table is bounded.
    private void Count(string what, string reason, string side)
    {
        lock (_lock)
        {
            ReasonKey key = new(what, reason, side);
            long before = _reasons.GetValueOrDefault(key)?.Count ?? 0;
            _reasons[key] = new ReasonReport(what, reason, side, before + 1, time.GetUtcNow());
        }
    }

    private readonly record struct ReasonKey(string What, string Reason, string Side);
}
