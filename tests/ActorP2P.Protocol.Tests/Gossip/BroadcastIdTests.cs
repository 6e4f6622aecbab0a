using System.Security.Cryptography;

namespace ActorP2P.Protocol.Tests;

public class BroadcastIdTests
{
    [Fact]
    public void An_id_is_the_hash_of_network_type_salt_and_payload()
    {
        byte[] hashed = [.. "net"u8, 0, 0x01, 0x02, 0, 0, 0, 0, 0, 0, 0, 3, 9, 8];
        byte[] written = new byte[BroadcastId.Size];
        BroadcastId id = BroadcastId.Of("net", 0x0102, 3, [9, 8]);
        id.Write(written);
        Assert.Equal(SHA256.HashData(hashed)[..16], written);
        Assert.Equal(id, BroadcastId.Read(written));
        Assert.Equal(Convert.ToHexStringLower(written), id.ToString());
    }

    [Fact]
    public void Every_part_of_a_broadcast_changes_its_id()
    {
        BroadcastId[] ids =
        [
            BroadcastId.Of("net", 1, 1, [1]), BroadcastId.Of("neT", 1, 1, [1]), BroadcastId.Of("net", 2, 1, [1]),
            BroadcastId.Of("net", 1, 2, [1]), BroadcastId.Of("net", 1, 1, [2]), BroadcastId.Of("net", 1, 1, []),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void The_longest_network_id_is_hashed()
    {
        string longest = new('ü', HelloCodec.MaxNetworkId / 2);
        Assert.NotEqual(BroadcastId.Of(longest, 1, 1, []), BroadcastId.Of(longest[1..], 1, 1, []));
    }

    [Fact]
    public void A_head_is_id_salt_and_hops()
    {
        byte[] bytes = new byte[BroadcastHead.Size];
        new BroadcastHead(new BroadcastId(1, 2), 3, 4).Write(bytes);
        Assert.Equal(
            "0000000000000001" + "0000000000000002" + "0000000000000003" + "04", Convert.ToHexStringLower(bytes));
        Assert.Equal(new BroadcastHead(new BroadcastId(1, 2), 3, 4), BroadcastHead.Read(bytes));
    }
}
