using BlockMesh.CommandLine;

namespace BlockMesh.Tests.Processes;

[Collection(SocketCollection.Name)]
public sealed class ProcessTests : IDisposable
{
    // The node has the connections that it is told to have, and no others.
    private const string Only = "--only-bootstrap";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [UnixFact]
    public async Task One_address_of_any_node_is_enough_to_find_the_rest()
    {
        (NodeProcess source, string sourceAddress) = await StartAsync("source", "--node", "0", "--source");
        using NodeProcess guardOfSource = source;
        (NodeProcess second, string secondAddress) = await StartAsync(
            "second", "--node", "0", "--bootstrap", sourceAddress);
        using NodeProcess guardOfSecond = second;
        await second.Output.NextAsync("SYNCED headers=10237 blocks=176");
        (NodeProcess third, _) = await StartAsync("third", "--node", "0", "--bootstrap", secondAddress);
        using NodeProcess guardOfThird = third;

        // The third node was told the address of the second one only.
        await third.Output.NextAsync("CONNECTED", secondAddress);
        await third.Output.NextAsync("CONNECTED");
        await source.Output.NextAsync("CONNECTED");
        await source.Output.NextAsync("CONNECTED");
        await second.KillAsync();
        (NodeProcess fourth, _) = await StartAsync("fourth", "--node", "0", "--bootstrap", sourceAddress);
        using NodeProcess guardOfFourth = fourth;
        await fourth.Output.NextAsync("CONNECTED", sourceAddress);
        await fourth.Output.NextAsync("CONNECTED");
        await third.Output.NextAsync("CONNECTED");
        await fourth.Output.NextAsync("SYNCED headers=10237 blocks=176");
        await third.Output.NextAsync("SYNCED headers=10237 blocks=176");
    }

    [UnixFact]
    public async Task Nodes_that_are_killed_or_stopped_continue_after_a_restart()
    {
        // At this pace the sync takes nine seconds, so everything that follows happens in the middle of it.
        (NodeProcess source, string sourceAddress) = await StartAsync(
            "source", "--node", "0", "--source", "--pace", "20", Only);
        using NodeProcess guardOfSource = source;
        (NodeProcess kept, string address) = await StartAsync(
            "kept", "--node", "0", "--bootstrap", sourceAddress, "--store", Store, Only);
        using NodeProcess guardOfKept = kept;
        (NodeProcess other, _) = await StartAsync(
            "other", "--node", "0", "--bootstrap", address, "--bootstrap", sourceAddress, Only);
        using NodeProcess guardOfOther = other;
        await other.Output.NextAsync("CONNECTED", address);
        await other.Output.NextAsync("CONNECTED", sourceAddress);

        Assert.InRange(await kept.ProgressAsync(blocks: 8), 8, 175);
        await kept.KillAsync();
        await other.Output.NextAsync("DISCONNECTED", address);
        int before = await other.ProgressAsync(blocks: 0);
        Assert.InRange(await other.ProgressAsync(before + 1), 1, 175);

        Assert.Equal(ExitCodes.Interrupted, await source.InterruptAsync());
        Assert.Contains("reason=ShuttingDown", await other.Output.NextAsync("DISCONNECTED", sourceAddress),
            StringComparison.Ordinal);

        // The system keeps what a killed process wrote. The cut removes the end of the file, as a crash in the middle
        // of a write would.
        CutOff(bytes: 3);
        (NodeProcess unpaced, _) = await StartAsync("unpaced", "--node", PortOf(sourceAddress), "--source", Only);
        using NodeProcess guardOfUnpaced = unpaced;
        (NodeProcess again, _) = await StartAsync(
            "again", "--node", PortOf(address), "--bootstrap", sourceAddress, "--store", Store, Only);
        using NodeProcess guardOfAgain = again;
        Assert.InRange(await again.ProgressAsync(blocks: 0), 7, 176);
        await again.Output.NextAsync("SYNCED headers=10237 blocks=176");
        await other.Output.NextAsync("SYNCED headers=10237 blocks=176");

        await other.Output.NextAsync("CONNECTED", address);
        Assert.Equal(ExitCodes.Interrupted, await again.InterruptAsync());
        Assert.Contains(
            "reason=ShuttingDown", await other.Output.NextAsync("DISCONNECTED", address), StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task The_exit_code_says_how_the_program_ended()
    {
        Assert.Equal(ExitCodes.Usage, await NodeProcess.RunAsync("--bogus"));
        Assert.Equal(ExitCodes.Failed, await NodeProcess.RunAsync(
            "--node", "0", "--bootstrap", "127.0.0.1:1", "--exit-when-synced", "--timeout", "1",
            "--log", _directory.File("log")));
        (NodeProcess node, _) = await StartAsync("ended", "--node", "0", "--source");
        using NodeProcess guard = node;
        Assert.Equal(ExitCodes.Terminated, await node.TerminateAsync());
    }

    private string Store => _directory.File("store");

    private static string PortOf(string address) => address[(address.LastIndexOf(':') + 1)..];

    private Task<(NodeProcess Node, string Address)> StartAsync(string name, params string[] arguments) =>
        NodeProcess.StartAsync([.. arguments, "--log", _directory.File($"{name}.log")]);

    private void CutOff(int bytes)
    {
        using FileStream file = File.Open(Path.Combine(Store, "chain.db-wal"), FileMode.Open);
        file.SetLength(file.Length - bytes);
    }
}
