using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Diagnostics;

/// <summary>In a process with several nodes, a line tells which of them has logged it.</summary>
public sealed class LogCategoryTests
{
    private static readonly P2PNodeOptions s_options = new() { Listen = PeerAddress.Parse("127.0.0.1:0") };

    [Fact]
    public async Task A_category_has_the_name_of_its_node()
    {
        LogRecorder logs = new();
        await using P2PNode node = await P2PNode.StartAsync(
            s_options, static _ => { }, new P2PNodeServices { LoggerFactory = logs, Name = "lobby" });

        Assert.Equal(["ActorP2P.Node.lobby"], logs.Categories);
    }

    [Fact]
    public async Task Without_a_name_it_has_the_short_id()
    {
        LogRecorder logs = new();
        await using P2PNode node = await P2PNode.StartAsync(
            s_options, static _ => { }, new P2PNodeServices { LoggerFactory = logs });

        Assert.Equal([$"ActorP2P.Node.{node.Id.ToShortString()}"], logs.Categories);
    }
}
