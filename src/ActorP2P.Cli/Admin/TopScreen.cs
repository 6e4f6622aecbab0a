using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>The lines of <c>top</c>: a node and its peers, with the rates since the report before.</summary>
internal static class TopScreen
{
    /// <summary>Makes the lines.</summary>
    /// <param name="now">The report.</param>
    /// <param name="before">The report before; null for the first.</param>
    /// <param name="width">The columns to use.</param>
    /// <param name="height">The lines to use; null: as many as there are.</param>
    public static IReadOnlyList<string> Lines(NodeReport now, NodeReport? before, int width, int? height = null)
    {
        TimeSpan passed = before is null ? TimeSpan.Zero : now.At - before.At;
        List<string> lines =
        [
            $"{now.Node} {now.Id[..Math.Min(8, now.Id.Length)]}  network {now.Network}  up "
                + $"{ReportText.Age(now.At - now.Since)}  peers {now.PeerCount}  bans {now.BanCount}",
            $"in {ReportText.Rate(now.BytesIn, before?.BytesIn, passed)}  out "
                + $"{ReportText.Rate(now.BytesOut, before?.BytesOut, passed)}  held {SafeText.Size(now.HeldBytes)} of "
                + $"{SafeText.Size(now.MemoryBudget)}  broadcasts {now.BroadcastsIn} ({now.DuplicatesIn} duplicates)",
            $"ends: {ReportText.Reasons(now)}",
            "",
            .. Table(now, before, passed).Lines(width),
        ];
        return [.. lines.Take(height ?? lines.Count).Select(line => TextTable.Cut(SafeText.Of(line), width))];
    }

    private static TextTable Table(NodeReport now, NodeReport? before, TimeSpan passed)
    {
        TextTable table = new(
            new TextColumn("#", 0, IsNumber: true),
            new TextColumn("peer", 1),
            new TextColumn("address", 8),
            new TextColumn("dir", 9),
            new TextColumn("rtt ms", 6, IsNumber: true),
            new TextColumn("in", 2, IsNumber: true),
            new TextColumn("out", 3, IsNumber: true),
            new TextColumn("high", 5, IsNumber: true),
            new TextColumn("normal", 5, IsNumber: true),
            new TextColumn("bulk", 5, IsNumber: true),
            new TextColumn("dropped", 7, IsNumber: true));
        Dictionary<long, PeerReport> earlier = before?.Peers.ToDictionary(static peer => peer.Connection) ?? [];
        foreach (PeerReport peer in now.Peers)
        {
            PeerReport? last = earlier.GetValueOrDefault(peer.Connection);
            table.Add(
                $"{peer.Connection}",
                ReportText.ShortId(peer),
                peer.Address,
                peer.IsOutbound ? "out" : "in",
                ReportText.RoundTrip(peer),
                ReportText.Rate(peer.BytesIn, last?.BytesIn, passed),
                ReportText.Rate(peer.BytesOut, last?.BytesOut, passed),
                SafeText.Size(peer.QueuedHigh),
                SafeText.Size(peer.QueuedNormal),
                SafeText.Size(peer.QueuedBulk),
                $"{peer.DroppedBroadcasts}");
        }

        return table;
    }
}
