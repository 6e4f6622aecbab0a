using System.Security.Cryptography;

namespace ActorP2P.Protocol.Tests;

public class NodeIdTests
{
    [Fact]
    public void An_id_is_the_hash_of_the_public_key()
    {
        byte[] key = [1, 2, 3];
        NodeId id = NodeId.FromPublicKey(key);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(key)), id.ToString());
        byte[] bytes = new byte[NodeId.Size];
        id.Write(bytes);
        Assert.Equal(id, new NodeId(bytes));
        Assert.Equal(id.ToString()[..8], id.ToShortString());
    }

    [Fact]
    public void An_id_parses_from_its_digits_and_from_nothing_else()
    {
        NodeId id = NodeId.FromPublicKey([9]);
        Assert.True(NodeId.TryParse(id.ToString(), out NodeId parsed));
        Assert.Equal(id, parsed);
        Assert.True(NodeId.TryParse(id.ToString().ToUpperInvariant(), out _));
        Assert.False(NodeId.TryParse(null, out _));
        Assert.False(NodeId.TryParse(id.ToString()[1..], out _));
        Assert.False(NodeId.TryParse("x" + id.ToString()[1..], out _));
        Assert.Throws<ArgumentException>(() => new NodeId(new byte[31]));
    }

    [Fact]
    public void Ids_are_ordered_as_big_endian_numbers()
    {
        for (int position = 0; position < NodeId.Size; position++)
        {
            byte[] larger = new byte[NodeId.Size];
            larger[position] = 0x80;
            NodeId high = new(larger);
            NodeId low = new(new byte[NodeId.Size]);
            Assert.True(low < high && high > low && low <= high && high >= low && low.CompareTo(low) == 0);
        }
    }

    [Fact]
    public void The_text_of_a_claimed_id_marks_it_as_claimed() =>
        Assert.StartsWith("?", new ClaimedNodeId(NodeId.FromPublicKey([1])).ToString(), StringComparison.Ordinal);
}
