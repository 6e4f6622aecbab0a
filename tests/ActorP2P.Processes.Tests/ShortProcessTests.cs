using ActorP2P.Protocol;

namespace ActorP2P.Processes.Tests;

/// <summary>Nodes in processes that run short of a resource that the whole process shares.</summary>
public sealed class ShortProcessTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    // This runs only over sockets: Akka.IO's dispatchers may start a thread in the meantime, at which the runtime would
    // end the process (see the known limits).
    [Fact]
    public async Task A_listener_accepts_again_when_descriptors_are_free()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using PartProcess part = PartProcess.Start("descriptors", nameof(TransportKind.Sockets));
        (int exitCode, string output, string errors) = await part.EndAsync().WaitAsync(Guard);
        Assert.True(exitCode == 0, $"{exitCode}: {output}{errors}");
        Assert.Contains("FAULT TooManyOpenFiles", output, StringComparison.Ordinal);
        Assert.Contains("ACCEPTED", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_of_60_MiB_survives_the_longest_messages()
    {
        using PartProcess part = PartProcess.Start("memory", environment: ("DOTNET_GCHeapHardLimit", "3C00000"));
        PeerAddress address = PeerAddress.Parse(await part.ReadAsync("LISTENING ").WaitAsync(Guard));

        Task<Exception?>[] crowd = [.. Enumerable.Range(0, 8).Select(_ => AskLongAsync(address))];
        Exception?[] ends = await Task.WhenAll(crowd).WaitAsync(Guard);

        Assert.All(ends, end => Assert.True(end is null or AskException or ConnectException, end?.ToString()));
        Assert.Contains(ends, end => end is null);
        await using P2PNode honest = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Peer peer = await honest.ConnectAsync(address).WaitAsync(Guard);
        Blob reply = await honest.AskAsync<Blob>(peer, new Blob(new byte[7])).WaitAsync(Guard);
        Assert.Equal(7, Assert.Single(reply.Bytes));
        await honest.DisposeAsync();

        (int exitCode, string output, string errors) = await part.EndAsync().WaitAsync(Guard);
        Assert.True(exitCode == 0, $"{exitCode}: {errors}");
        Assert.Contains($"HEAP {60 * 1024 * 1024}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("OutOfMemory", errors, StringComparison.Ordinal);
    }

    /// <summary>Asks with the longest message that the peer accepts.</summary>
    /// <returns>The exception with which the ask ended; null when there was an answer.</returns>
    private static async Task<Exception?> AskLongAsync(PeerAddress address)
    {
        await using P2PNode node = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        try
        {
            Peer peer = await node.ConnectAsync(address);
            await node.AskAsync<Blob>(peer, new Blob(new byte[peer.MaxMessage]));
            return null;
        }
        catch (P2PException exception)
        {
            return exception;
        }
    }
}
