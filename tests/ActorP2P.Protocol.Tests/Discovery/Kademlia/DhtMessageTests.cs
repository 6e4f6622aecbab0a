using System.Buffers;

namespace ActorP2P.Protocol.Tests.Discovery.Kademlia;

/// <summary>The bounds of the messages of the distributed hash table.</summary>
public sealed class DhtMessageTests
{
    private static readonly ReadOnlyMemory<byte> s_record = DhtGiven.Contact(1).Record.Bytes;

    [Fact]
    public void As_many_records_as_allowed_are_read_and_no_more()
    {
        Assert.True(FoundNodes.TryRead(Bytes(new FoundNodes(default, Many(20))), out FoundNodes? nodes));
        Assert.Equal(20, nodes.Nodes.Count);
        Assert.False(FoundNodes.TryRead(Bytes(new FoundNodes(default, Many(21))), out _));
        Assert.True(FoundProviders.TryRead(Bytes(new FoundProviders(Many(20), Many(20))), out _));
        Assert.False(FoundProviders.TryRead(Bytes(new FoundProviders([], Many(21))), out _));
    }

    [Fact]
    public void A_record_that_is_too_long_is_refused()
    {
        Assert.True(FoundNodes.TryRead(Bytes(new FoundNodes(default, [new byte[NodeRecord.MaxBytes]])), out _));
        Assert.False(FoundNodes.TryRead(Bytes(new FoundNodes(default, [new byte[NodeRecord.MaxBytes + 1]])), out _));
    }

    [Fact]
    public void A_request_needs_its_key_and_a_provider_its_record()
    {
        Assert.False(FindNode.TryRead([], out _));
        Assert.False(GetProviders.TryRead([], out _));
        Assert.False(AddProvider.TryRead(Bytes(new GetProviders(default, default)), out _));
        Assert.False(ProviderAdded.TryRead([], out _));
        Assert.True(FindNode.TryRead(Bytes(new FindNode(default, default, WantsRecord: false)), out FindNode? find));
        Assert.True(find.Own.IsEmpty);
    }

    [Fact]
    public void Fields_of_other_messages_are_refused_and_later_ones_skipped()
    {
        byte[] nodes = Bytes(new FoundNodes(default, Many(1)));
        Assert.False(FindNode.TryRead([.. Bytes(new FindNode(default, default, WantsRecord: false)), .. nodes], out _));
        Assert.False(ProviderAdded.TryRead(nodes, out _));

        // Tag 7, true.
        Assert.True(FoundNodes.TryRead([.. nodes, (7 << 3) | 4], out _));

        // Tags out of order, and a key twice.
        byte[] key = Bytes(new GetProviders(default, default));
        Assert.False(GetProviders.TryRead([.. key, .. key], out _));
        Assert.False(FoundNodes.TryRead([(7 << 3) | 4, .. nodes], out _));
    }

    private static ReadOnlyMemory<byte>[] Many(int count) => [.. Enumerable.Repeat(s_record, count)];

    private static byte[] Bytes(IMessage message)
    {
        ArrayBufferWriter<byte> output = new();
        message.Write(output);
        return output.WrittenSpan.ToArray();
    }
}
