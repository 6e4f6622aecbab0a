namespace ActorP2P.Protocol.Tests;

public class EvictionTests
{
    private const ulong Salt = 42;

    [Fact]
    public void Few_peers_are_all_protected() =>
        Assert.Null(Eviction.Choose([.. Enumerable.Range(1, 4).Select(static i => Peer(i, $"g{i}"))], "new", Salt));

    [Fact]
    public void The_youngest_of_the_largest_group_makes_room()
    {
        InboundPeer[] peers =
        [
            .. Enumerable.Range(1, 20).Select(static i => Peer(i, $"g{i}")),
            .. Enumerable.Range(21, 10).Select(static i => Peer(i, "crowd")),
        ];

        Assert.Equal(30, Eviction.Choose(peers, "new", Salt));
    }

    [Fact]
    public void A_crowd_replaces_nobody_but_itself()
    {
        InboundPeer[] peers =
        [
            .. Enumerable.Range(1, 30).Select(static i => Peer(i, $"g{i}")),
            .. Enumerable.Range(31, 2).Select(static i => Peer(i, "crowd")),
        ];

        Assert.Null(Eviction.Choose(peers, "crowd", Salt));
        Assert.Equal(32, Eviction.Choose(peers, "new", Salt));
    }

    [Fact]
    public void The_nearest_the_most_useful_and_the_oldest_stay()
    {
        // All are of one group, so that the groups protect only the oldest.
        InboundPeer[] peers =
        [
            .. Enumerable.Range(1, 60).Select(static i => Peer(i, "one") with
            {
                LeastRoundTrip = TimeSpan.FromMilliseconds(i is > 50 and <= 58 ? i : 100 + i),
                UsefulAt = i is > 42 and <= 50 ? TimeSpan.FromHours(5 + i) : TimeSpan.FromSeconds(i),
            }),
        ];
        List<InboundPeer> left = [.. peers];
        while (Eviction.Choose(left, "new", Salt) is { } chosen)
        {
            Assert.False(chosen is > 42 and <= 58 or 1, $"{chosen} went");
            left.RemoveAll(peer => peer.Link == chosen);
            if (left.Count <= 30)
            {
                break;
            }
        }

        Assert.All(Enumerable.Range(1, 8), oldest => Assert.Contains(left, peer => peer.Link == oldest));
    }

    [Fact]
    public void The_choice_does_not_depend_on_the_order_of_the_peers()
    {
        InboundPeer[] peers = [.. Enumerable.Range(1, 50).Select(static i => Peer(i, $"g{i % 9}") with
        {
            LeastRoundTrip = TimeSpan.FromMilliseconds(i % 7),
            UsefulAt = i % 3 == 0 ? TimeSpan.FromSeconds(i % 5) : null,
        })];
        long? chosen = Eviction.Choose(peers, "new", Salt);
        Random random = new(1);

        Assert.NotNull(chosen);
        for (int turn = 0; turn < 100; turn++)
        {
            random.Shuffle(peers);
            Assert.Equal(chosen, Eviction.Choose(peers, "new", Salt));
        }
    }

    [Fact]
    public void Which_groups_are_protected_depends_on_the_secret()
    {
        InboundPeer[] peers = [.. Enumerable.Range(1, 9).Select(static i => Peer(i, $"g{i}"))];

        Assert.True(Enumerable.Range(0, 50).Select(salt => Eviction.Choose(peers, "new", (ulong)salt))
            .Distinct().Count() > 1);
    }

    private static InboundPeer Peer(int link, string group) =>
        new(link, group, TimeSpan.FromMinutes(link), LeastRoundTrip: null, UsefulAt: null);
}
