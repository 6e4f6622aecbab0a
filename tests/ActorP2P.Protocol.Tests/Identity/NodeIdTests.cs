using System.Security.Cryptography;

namespace ActorP2P.Protocol.Tests;

public class NodeIdTests
{
    [Fact]
    public void An_id_is_the_hash_of_the_public_key()
    {
        byte[] key = [1, 2, 3];
        NodeId id = NodeId.FromPublicKey(key);
        byte[] bytes = new byte[NodeId.Size];
        id.Write(bytes);
        Assert.Equal(SHA256.HashData(key), bytes);
        Assert.Equal(id, new NodeId(bytes));
        Assert.Equal(id.ToString()[..8], id.ToShortString());
    }

    /// <summary>The text form is fixed: addresses that people have kept must stay true.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaanav5n")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "7777777777777777777777777777777777777777777777777775dmvf")]
    public void The_text_form_of_an_id_is_fixed(string bytes, string text) =>
        Assert.Equal(text, new NodeId(Convert.FromHexString(bytes)).ToString());

    [Fact]
    public void An_id_parses_from_its_text_form_and_from_nothing_else()
    {
        NodeId id = NodeId.FromPublicKey([9]);
        string text = id.ToString();
        Assert.True(NodeId.TryParse(text, out NodeId parsed));
        Assert.Equal(id, parsed);
        Assert.Equal(id, NodeId.Parse(text));
        Assert.False(NodeId.TryParse(null, out _));
        string[] others = ["", text[1..], text + "a", " " + text, text.ToUpperInvariant(), "0" + text[1..]];
        foreach (string other in others)
        {
            Assert.False(NodeId.TryParse(other, out _));
            Assert.Throws<FormatException>(() => NodeId.Parse(other));
        }

        Assert.Throws<ArgumentException>(() => new NodeId(new byte[31]));
    }

    [Fact]
    public void An_id_with_a_wrong_character_does_not_parse()
    {
        string text = NodeId.FromPublicKey([9]).ToString();
        for (int position = 0; position < text.Length; position++)
        {
            foreach (char other in "abcdefghijklmnopqrstuvwxyz234567".Where(other => other != text[position]))
            {
                Assert.False(NodeId.TryParse($"{text[..position]}{other}{text[(position + 1)..]}", out _));
            }
        }
    }

    [Fact]
    public void An_id_with_two_swapped_characters_does_not_parse()
    {
        string text = NodeId.FromPublicKey([9]).ToString();
        for (int position = 1; position < text.Length; position++)
        {
            string swapped = $"{text[..(position - 1)]}{text[position]}{text[position - 1]}{text[(position + 1)..]}";
            Assert.Equal(swapped == text, NodeId.TryParse(swapped, out _));
        }
    }

    [Fact]
    public void The_message_about_a_wrong_id_says_what_is_wrong()
    {
        string text = NodeId.FromPublicKey([9]).ToString();
        string mistyped = (text[0] == 'a' ? "b" : "a") + text[1..];
        Assert.Contains(
            "checksum", Assert.Throws<FormatException>(() => NodeId.Parse(mistyped)).Message, StringComparison.Ordinal);
        Assert.Contains("55 characters", Assert.Throws<FormatException>(() => NodeId.Parse(text[1..])).Message,
            StringComparison.Ordinal);
        Assert.Contains("a to z", Assert.Throws<FormatException>(() => NodeId.Parse("1" + text[1..])).Message,
            StringComparison.Ordinal);
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
