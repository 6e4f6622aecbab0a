using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>Peers that together make a node hold more than its memory budget.</summary>
[Collection(SocketsCollection.Name)]
public sealed class MemoryShortTests
{
    private const int Longest = 1_000_000;
    private const long Budget = 7_300_000;

    [Theory, ClassData(typeof(AllNetworks))]
    public Task The_peer_that_holds_most_is_closed_and_no_other(Network network) => Arena.RunAsync(
        network,
        async arena =>
        {
            RawPeer heaviest = await arena.DialReadyAsync();
            await AskWithoutEndAsync(heaviest, 4);
            await Arena.AssertIsKeptAsync(heaviest);
            List<RawPeer> others = [];
            for (int i = 0; i < 39; i++)
            {
                RawPeer other = await arena.DialReadyAsync();
                await AskWithoutEndAsync(other, 3);
                await Arena.AssertIsKeptAsync(other);
                others.Add(other);
            }

            // These are 39 messages of 180 KB and one of 240 KB, which is exactly what the budget holds. One more
            // message is too much.
            foreach (RawPeer peer in (RawPeer[])[heaviest, .. others])
            {
                await arena.SettleAsync(peer);
            }

            Assert.Equal(0, arena.Node.Statistics.PeersClosedForMemory);
            Assert.InRange(arena.Node.Statistics.HeldBytes, Budget - 60_000, Budget);
            await others[0].SendAsync(Request(9, 50_000));

            await arena.ExpectRefusalAsync(heaviest, DisconnectReason.MemoryShort);
            Assert.Equal(1, arena.Node.Statistics.PeersClosedForMemory);
            foreach (RawPeer other in others)
            {
                await Arena.AssertIsKeptAsync(other);
                other.Reset();
            }
        },
        settings => settings with
        {
            MemoryBudget = Budget,
            ReassemblyBudget = Longest,
            Session = settings.Session with { MaxMessage = Longest, MaxStreams = 0 },
        });

    private static async Task AskWithoutEndAsync(RawPeer raw, int count)
    {
        for (ulong id = 1; id <= (ulong)count; id++)
        {
            await raw.SendAsync(Request(id, 60_000));
        }
    }

    private static byte[] Request(ulong id, int length) =>
        RawPeer.Frame(FrameKind.Request, new byte[length], RawPeer.Normal, Blob.TypeCode, id);
}
