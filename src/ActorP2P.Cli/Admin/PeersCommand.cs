using System.CommandLine;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>The command <c>peers</c>, which lists the peers of a node.</summary>
internal static class PeersCommand
{
    public static Command Create(ToolConsole console)
    {
        Command command = new("peers", "Lists the peers of a node. Needs its cookie.");
        Examples.Add(
            command,
            "actorp2p peers hub --config hocon/local-mesh.conf",
            "actorp2p peers 127.0.0.1:9000 --cookie data/cookie --json");
        return AdminQuery.Complete(console, command, async (admin, json, cancellationToken) =>
            Print(console, json, await admin.ReportAsync(cancellationToken), admin.OwnId));
    }

    private static void Print(ToolConsole console, bool json, NodeReport report, NodeId own)
    {
        PeerReport[] peers = [.. report.Peers.Where(peer => peer.Id != $"{own}")];
        if (json)
        {
            Array.ForEach(peers, console.WriteJson);
            return;
        }

        TextTable table = new(
            new TextColumn("#", 0, IsNumber: true),
            new TextColumn("peer", 1),
            new TextColumn("address", 2),
            new TextColumn("dir", 4),
            new TextColumn("rtt ms", 5, IsNumber: true),
            new TextColumn("connected", 3),
            new TextColumn("software", 6));
        foreach (PeerReport peer in peers)
        {
            table.Add(
                $"{peer.Connection}",
                ReportText.ShortId(peer),
                peer.Address,
                peer.IsOutbound ? "out" : "in",
                ReportText.RoundTrip(peer),
                ReportText.Age(report.At - peer.Since),
                SafeText.Of(peer.Software));
        }

        console.WriteTable(table);
    }
}
