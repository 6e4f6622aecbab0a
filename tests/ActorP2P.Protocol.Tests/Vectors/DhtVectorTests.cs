using System.Buffers;

namespace ActorP2P.Protocol.Tests;

/// <summary>The messages of the distributed hash table are as docs/internals/protocol.md shows.</summary>
public class DhtVectorTests
{
    private readonly ProtocolDocument _document = new();

    [Fact]
    public void The_messages_in_the_document_are_the_ones_the_code_writes()
    {
        IReadOnlyDictionary<string, string> printed = _document.Vectors("dht");
        IReadOnlyDictionary<string, string> written = Written();
        Assert.Equal(written.Keys.Order(), printed.Keys.Order());
        Assert.All(
            written, vector => Assert.True(printed[vector.Key] == vector.Value, $"{vector.Key}: {vector.Value}"));
    }

    [Fact]
    public void The_messages_in_the_document_are_read()
    {
        IReadOnlyDictionary<string, string> printed = _document.Vectors("dht");
        Assert.True(FindNode.TryRead(Bytes(printed["find-node"]), out FindNode? find));
        Assert.Equal((printed["service-key"], true), ($"{find.Key}", find.WantsRecord));
        Assert.True(FoundNodes.TryRead(Bytes(printed["found-nodes"]), out FoundNodes? nodes));
        Assert.Single(nodes.Nodes);
        Assert.True(GetProviders.TryRead(Bytes(printed["get-providers"]), out GetProviders? get));
        Assert.True(get.Own.IsEmpty);
        Assert.True(FoundProviders.TryRead(Bytes(printed["found-providers"]), out FoundProviders? providers));
        Assert.Equal((0, 1), (providers.Nodes.Count, providers.Providers.Count));
        Assert.True(AddProvider.TryRead(Bytes(printed["add-provider"]), out AddProvider? add));
        Assert.True(NodeRecord.TryRead(add.Own.Span, out NodeRecord? record, out _));
        Assert.Contains(
            add.Key, record.Services.Select(service => DhtKey.OfService(record.NetworkId, service)));
        Assert.True(ProviderAdded.TryRead(Bytes(printed["provider-added"]), out ProviderAdded? added));
        Assert.Equal(ProviderOutcome.GroupFull, added.Outcome);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    private Dictionary<string, string> Written()
    {
        byte[] record = Bytes(_document.Vectors("record")["record"]);
        Assert.True(NodeRecord.TryRead(record, out NodeRecord? read, out _));
        DhtKey service = DhtKey.OfService(read.NetworkId, read.Services[0]);
        return new Dictionary<string, string>
        {
            ["node-key"] = $"{DhtKey.Of(read.Id)}",
            ["service-key"] = $"{service}",
            ["find-node"] = Hex(new FindNode(service, record, WantsRecord: true)),
            ["found-nodes"] = Hex(new FoundNodes(record, [record])),
            ["get-providers"] = Hex(new GetProviders(service, default)),
            ["found-providers"] = Hex(new FoundProviders([], [record])),
            ["add-provider"] = Hex(new AddProvider(service, record)),
            ["provider-added"] = Hex(new ProviderAdded(ProviderOutcome.GroupFull)),
        };
    }

    private static string Hex(IMessage message)
    {
        ArrayBufferWriter<byte> output = new();
        message.Write(output);
        return Convert.ToHexStringLower(output.WrittenSpan);
    }
}
