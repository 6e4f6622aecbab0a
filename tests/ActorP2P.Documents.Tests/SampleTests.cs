using System.Text.RegularExpressions;

namespace ActorP2P.Documents.Tests;

/// <summary>The programs in the documents equal those in the samples, and they do what the documents say.</summary>
public sealed partial class SampleTests
{
    public static TheoryData<string> Shown => ["Echo", "Gossip", "Chat", "Prices"];

    [Fact]
    public void The_documents_show_the_samples_as_they_are()
    {
        int shown = 0;
        foreach (string document in Repository.Documents)
        {
            foreach (Match block in ShownProgram().Matches(Repository.Read(document)))
            {
                shown++;
                Assert.Equal(
                    Repository.Read(block.Groups["path"].Value).TrimEnd(), block.Groups["program"].Value.TrimEnd());
            }
        }

        Assert.True(shown >= 8, $"{shown} programs are shown.");
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void The_documents_show_each_sample(string sample) =>
        Assert.Contains($"<!-- samples/{sample}/Program.cs -->", Repository.Read("docs/getting-started.md"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Echo", 15)]
    [InlineData("Gossip", 30)]
    public void The_README_shows_short_programs(string sample, int lines)
    {
        Assert.Contains(
            $"<!-- samples/{sample}/Program.cs -->", Repository.Read("README.md"), StringComparison.Ordinal);
        Assert.InRange(Repository.Read($"samples/{sample}/Program.cs").TrimEnd().Split('\n').Length, 1, lines);
    }

    [Fact]
    public async Task Echo_prints_what_the_server_heard()
    {
        using SampleProcess echo = new("Echo");

        Assert.Matches("^[a-z2-7]{8} heard: hello$", Assert.Single(await echo.EndAsync()));
    }

    [Fact]
    public async Task Gossip_reaches_a_node_by_relay()
    {
        using SampleProcess first = new("Gossip", "0");
        string addressOfFirst = await first.ExpectAsync("listening on ");
        using SampleProcess second = new("Gossip", "0", addressOfFirst);
        string addressOfSecond = await second.ExpectAsync("listening on ");
        using SampleProcess third = new("Gossip", "0", addressOfSecond);
        await third.ExpectAsync("listening on ");

        // A line that is typed before the connections are ready reaches no peer, as the program says.
        await UntilHandedAsync(second, "warm", 2);
        await third.TypeAsync("hot");

        string heard = "";
        while (heard != "hot")
        {
            heard = (await first.ExpectAsync("news over ")).Split(": ")[1];
        }

        await third.EndAsync();
        await second.EndAsync();
        await first.EndAsync();
    }

    [Fact]
    public async Task Chat_finds_its_room_and_shows_who_leaves()
    {
        using SampleProcess hub = new("Chat", "hub", "coffee");
        string address = await hub.ExpectAsync("listening on ");
        using SampleProcess alice = new("Chat", "alice", "tea", address);
        using SampleProcess bob = new("Chat", "bob", "tea", address);

        // The two know only the address of the hub, which is in another room.
        await alice.ExpectAsync("bob is here");
        await bob.ExpectAsync("alice is here");
        await bob.TypeAsync("hi");
        await alice.ExpectAsync("bob: hi");
        await alice.TypeAsync("hello");
        await bob.ExpectAsync("alice: hello");
        await bob.EndAsync();

        await alice.ExpectAsync("bob has left: ShuttingDown");
        await alice.EndAsync();
        Assert.Empty(await hub.EndAsync());
    }

    [Fact]
    public async Task The_sample_Prices_shows_answer_refusal_and_timeout()
    {
        using SampleProcess prices = new("Prices");

        Assert.Equal(
            ["apple: 0.4", "stone: not sold (257: there is no stone here)", "melon: TimedOut"],
            await prices.EndAsync());
    }

    [Fact]
    public async Task Hosted_nodes_are_injected_and_healthy()
    {
        using SampleProcess hosted = new("Hosted");

        Assert.Equal("hello, number 1", await hosted.ExpectAsync("answer: "));
        Assert.Equal("Healthy", await hosted.ExpectAsync("health: "));
        await hosted.EndAsync();
    }

    [Fact]
    public async Task Nodes_of_a_host_with_actors_answer()
    {
        using SampleProcess hosted = new("AkkaHost");

        Assert.Equal("echo hello", await hosted.ExpectAsync("answer: "));
        await hosted.EndAsync();
    }

    private static async Task UntilHandedAsync(SampleProcess node, string line, int peers)
    {
        string handed = "";
        while (handed != $"{peers} peers")
        {
            await node.TypeAsync(line);
            handed = await node.ExpectAsync("sent to ");
        }
    }

    [GeneratedRegex(@"<!-- (?<path>samples/\w+/Program\.cs) -->\n```csharp\n(?<program>.*?)\n```",
        RegexOptions.Singleline)]
    private static partial Regex ShownProgram();
}
