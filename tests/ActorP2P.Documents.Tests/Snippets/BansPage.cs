using System.Net;

namespace ActorP2P.Documents.Tests.Snippets;

/// <summary>The code of <c>docs/bans.md</c>, as it runs.</summary>
public sealed class BansPage
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_node_bans_lists_and_lifts()
    {
        await using P2PNode node = await P2PNode.StartAsync(new P2PNodeOptions());
        await using P2PNode other = await P2PNode.StartAsync(new P2PNodeOptions());
        Peer peer = await node.ConnectAsync(other.ListenAddresses[0]).WaitAsync(s_guard);

        // snippet: a ban
        Ban ban = await node.BanAsync(peer.Id!.Value, TimeSpan.FromHours(24), "spam");
        await node.BanAsync(IPNetwork.Parse("203.0.113.0/24"), TimeSpan.FromDays(7), "scanners");
        foreach (Ban each in node.Bans)
        {
            Console.WriteLine($"{each.Target} until {each.Until:u}: {each.Reason}");
        }

        bool wasBanned = await node.LiftBanAsync(ban.Target);
        // end

        Assert.True(wasBanned);
        Assert.Equal("scanners", Assert.Single(node.Bans).Reason);
    }
}
