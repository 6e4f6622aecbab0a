using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests;

/// <summary>
/// In a process with little memory the budget of a node is smaller: the node accepts shorter messages and says so at
/// its start.
/// </summary>
public sealed class SmallProcessTests
{
    private const long MiB = 1024 * 1024;

    [Theory]
    [InlineData(8)]
    [InlineData(60)]
    [InlineData(200)]
    [InlineData(389)]
    public void The_bounds_of_one_peer_fit_half_of_the_process(long megabytes)
    {
        P2PNodeOptions fitted = new P2PNodeOptions().Validated().Within(megabytes * MiB).Validated();
        Assert.InRange(fitted.MemoryBudgetIn(megabytes * MiB), 1, megabytes * MiB / 2);
        Assert.InRange(fitted.Session.MaxMessage, SessionSettings.MinMaxMessage, new SessionSettings().MaxMessage - 1);
    }

    [Fact]
    public void A_process_with_memory_changes_nothing()
    {
        P2PNodeOptions settings = new();
        Assert.Same(settings, settings.Within(440 * MiB));
        P2PNodeOptions explicitly = new() { MemoryBudget = 1L << 30 };
        Assert.Same(explicitly, explicitly.Within(60 * MiB));
    }

    [Fact]
    public void Below_the_least_memory_the_node_does_not_start()
    {
        VirtualMesh mesh = new() { AvailableMemory = 4 * MiB };
        mesh.Run(async () =>
        {
            ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => mesh.StartAsync("a"));
            Assert.Equal("MemoryBudget", refused.ParamName);
            Assert.Contains(
                "may use 4194304 bytes; allowed: a process that may use", refused.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Eight_peers_with_messages_of_30_MiB_stay_in_the_budget()
    {
        LogRecorder log = new();
        VirtualMesh mesh = new() { AvailableMemory = 60 * MiB, Logs = log };
        mesh.Run(async () =>
        {
            await using P2PNode node = await mesh.StartAsync("node", protocol => protocol
                .OnRequest<Blob, Blob>((request, _) => request).OnNotify<Blob>((_, _) => { }));
            for (int i = 0; i < 8; i++)
            {
                await using P2PNode peer = await StartLargeAsync(mesh, node, i);
            }

            Assert.InRange(node.Statistics.HeldBytes, 0, 30 * MiB);
            await using P2PNode honest = await mesh.StartAsync("honest");
            Peer to = await honest.ConnectAsync(node.ListenAddresses[0]);
            Assert.Equal(4 * MiB, (await honest.AskAsync<Blob>(to, new Blob(new byte[4 * MiB]))).Bytes.Length);
        });

        Assert.Contains(log.Lines,
            line => line.Contains(
                "The process may use 62914560 bytes: the longest accepted message is", StringComparison.Ordinal));
    }

    private static async Task<P2PNode> StartLargeAsync(VirtualMesh mesh, P2PNode node, int number)
    {
        P2PNode peer = await mesh.StartAsync($"large{number}");
        Peer to = await peer.ConnectAsync(node.ListenAddresses[0]);
        AskException refused = await Assert.ThrowsAsync<AskException>(
            () => peer.AskAsync<Blob>(to, new Blob(new byte[30 * MiB])));
        Assert.Equal(AskFailure.TooLong, refused.Reason);
        return peer;
    }
}
