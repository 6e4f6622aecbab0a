using ActorP2P.Simulation;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Signed;

/// <summary>The records that nodes make of themselves.</summary>
public sealed class NodeRecordTests
{
    [Fact]
    public async Task Whoever_reads_a_nodes_record_reaches_that_node()
    {
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions { NetworkId = "chess" }, protocol => protocol.Service(0x20, "chess/1"));
        await using P2PNode client = await P2PNode.StartAsync(
            new P2PNodeOptions { NetworkId = "chess", Listen = null });

        Assert.True(NodeRecord.TryParse(server.CreateRecord().ToString(), out NodeRecord? record, out _));
        Peer peer = await client.ConnectAsync(record.Addresses[0]).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((server.Id, server.Id), (record.Id, peer.Id!.Value));
        Assert.Equal("chess", record.NetworkId);
        Assert.Equal(["chess/1"], record.Services);
        Assert.Empty(client.CreateRecord().Addresses);
    }

    [Fact]
    public void Each_record_is_newer_than_those_before()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode node = await mesh.StartAsync("a");
            NodeRecord[] records = [.. Enumerable.Range(0, 5).Select(_ => node.CreateRecord())];
            for (int i = 1; i < records.Length; i++)
            {
                Assert.True(records[i].IsNewerThan(records[i - 1]));
            }

            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            Assert.True(node.CreateRecord().IsNewerThan(records[^1]));
            Assert.True(NodeRecord.TryRead(
                records[0].Bytes.Span, out NodeRecord? read, out _, SimulatedNetwork.CreateSigner(node.Id)));
            Assert.Equal([new PeerAddress("a", 1, node.Id)], read.Addresses);
            Assert.False(NodeRecord.TryRead(records[0].Bytes.Span, out _, out RecordFault fault));
            Assert.Equal(RecordFault.NotSigned, fault);
        });
    }

    [Fact]
    public async Task A_node_without_a_key_makes_no_record()
    {
        await using P2PNode node = await P2PNode.StartAsync(
            new P2PNodeOptions { Encryption = Encryption.Off },
            services: new P2PNodeServices { Identity = NodeIdentity.WithoutKey(NodeId.FromPublicKey([1])) });
        Assert.Throws<InvalidOperationException>(node.CreateRecord);
    }
}
