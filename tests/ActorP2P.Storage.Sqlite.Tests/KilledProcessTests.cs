using System.Globalization;
using ActorP2P.Processes.Tests;
using ActorP2P.Protocol;

namespace ActorP2P.Storage.Sqlite.Tests;

/// <summary>Stores and nodes whose process is killed.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_kill_during_writes_loses_nothing_that_was_confirmed()
    {
        int last = 0;
        for (int round = 1; round <= 4; round++)
        {
            int confirmed;
            using (PartProcess part = PartProcess.Start("write", _directory.Data))
            {
                confirmed = await WaitForAsync(part, round * 7);
                await part.KillAsync().WaitAsync(Guard);
            }

            await using SqlitePeerStore store = await SqlitePeerStore.OpenAsync(_directory.Data);
            Assert.Null(store.SetAside);
            IReadOnlyList<PeerStoreEntry> entries = await store.ReadAsync("test");
            Assert.Equal(["one", "other"], entries.Select(entry => entry.Key));
            int[] numbers = [.. entries.Select(entry => BitConverter.ToInt32(entry.Value.Span))];
            Assert.Equal(numbers[0], numbers[1]);
            Assert.InRange(numbers[0], confirmed, int.MaxValue);
            last += numbers[0];
        }

        Assert.True(last > 70);
    }

    [Fact]
    public async Task A_directory_of_another_process_is_in_use_until_that_ends()
    {
        using PartProcess part = PartProcess.Start("hold", _directory.Data);
        await part.ReadAsync("HOLDING").WaitAsync(Guard);

        PeerStoreException inUse = await Assert.ThrowsAsync<PeerStoreException>(
            () => SqlitePeerStore.OpenAsync(_directory.Data));

        Assert.Equal(PeerStoreFault.InUse, inUse.Reason);
        await part.KillAsync().WaitAsync(Guard);
        await (await SqlitePeerStore.OpenAsync(_directory.Data)).DisposeAsync();
    }

    [Fact]
    public async Task A_ban_holds_over_a_kill()
    {
        await using P2PNode villain = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        await using P2PNode honest = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        NodeId id;
        using (PartProcess part = PartProcess.Start("node", _directory.Path))
        {
            PeerAddress address = PeerAddress.Parse(await part.ReadAsync("LISTENING ").WaitAsync(Guard));
            id = address.Id!.Value;
            using NodeEvents events = villain.Events();
            await villain.ConnectAsync(address).WaitAsync(Guard);
            await part.SendAsync($"{villain.Id}");
            await part.ReadAsync("BANNED").WaitAsync(Guard);
            Assert.Equal(
                DisconnectReason.Banned,
                (await events.ReadAsync<PeerDisconnected>().AsTask().WaitAsync(Guard)).Reason);
            await part.KillAsync().WaitAsync(Guard);
        }

        using PartProcess again = PartProcess.Start("node", _directory.Path);
        PeerAddress there = PeerAddress.Parse(await again.ReadAsync("LISTENING ").WaitAsync(Guard));
        Assert.Equal(id, there.Id);
        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => villain.ConnectAsync(there).WaitAsync(Guard));
        Assert.Equal(DisconnectReason.Banned, refusal.End?.Reason);
        await honest.ConnectAsync(there).WaitAsync(Guard);
        (int exitCode, _, string errors) = await again.EndAsync().WaitAsync(Guard);
        Assert.True(exitCode == 0, errors);
    }

    [Fact]
    public async Task The_second_node_in_a_directory_does_not_start()
    {
        P2PNodeOptions options = new() { DataDirectory = _directory.Data };
        P2PNodeServices services = new() { OpenStore = SqlitePeerStore.Opener() };
        await using (P2PNode first = await P2PNode.StartAsync(options, services: services))
        {
            PeerStoreException second = await Assert.ThrowsAsync<PeerStoreException>(
                () => P2PNode.StartAsync(options, services: services));
            Assert.Equal(PeerStoreFault.InUse, second.Reason);
            await first.BanAsync(NodeId.FromPublicKey([1]), TimeSpan.FromHours(1), "a test");
        }

        await using P2PNode third = await P2PNode.StartAsync(options, services: services);
        Assert.Equal("a test", Assert.Single(third.Bans).Reason);
    }

    private static async Task<int> WaitForAsync(PartProcess part, int least)
    {
        int confirmed = 0;
        while (confirmed < least)
        {
            confirmed = int.Parse(
                await part.ReadAsync("WRITTEN ").WaitAsync(Guard), CultureInfo.InvariantCulture);
        }

        return confirmed;
    }
}
