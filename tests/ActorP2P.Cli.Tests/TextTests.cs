using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Tests;

/// <summary>Tables and texts for a terminal.</summary>
public sealed class TextTests
{
    [Fact]
    public void A_table_leaves_out_columns_by_their_rank()
    {
        TextTable table = new(new TextColumn("a", 0), new TextColumn("bb", 2), new TextColumn("c", 1, IsNumber: true));
        table.Add("one", "two", "3");

        Assert.Equal(["a    bb   c", "one  two  3"], table.Lines(80));
        Assert.Equal(["a    c", "one  3"], table.Lines(10));
        Assert.Equal(["a", "one"], table.Lines(5));
        Assert.Equal(["a", "o…"], table.Lines(2));
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1 KB")]
    [InlineData(1234, "1.2 KB")]
    [InlineData(999_900, "1000 KB")]
    [InlineData(4_300_000_000, "4.3 GB")]
    public void A_size_has_a_unit(double bytes, string text) => Assert.Equal(text, SafeText.Size(bytes));

    [Theory]
    [InlineData("plain ü 漢", "plain ü 漢")]
    [InlineData("a\u001b[2Jb", "a\ufffd[2Jb")]
    [InlineData("a\u202eb", "a\ufffdb")]
    [InlineData("a\nb", "a\ufffdb")]
    public void Text_of_others_gives_a_terminal_no_commands(string text, string shown) =>
        Assert.Equal(shown, SafeText.Of(text));
}
