using System.Buffers.Binary;

namespace ActorP2P.Protocol.Tests.Discovery.Kademlia;

/// <summary>Nodes of the distributed hash table for tests. Each number is another node.</summary>
internal static class DhtGiven
{
    /// <summary>The network of the nodes.</summary>
    public const string Network = "test";

    /// <summary>A node with an address in a group of its own.</summary>
    public static DhtContact Contact(int number, ulong sequence = 1) =>
        At(number, $"{20 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}.1", sequence);

    /// <summary>A node at a host.</summary>
    public static DhtContact At(int number, string host, ulong sequence = 1, params string[] services) =>
        new(NodeRecord.Create(
            SignerOf(number),
            new RecordFields
            {
                NetworkId = Network,
                Sequence = sequence,
                UnixMilliseconds = 0,
                Addresses = [new PeerAddress(host, 7000)],
                Services = [.. services],
            }));

    /// <summary>The id of a node.</summary>
    public static NodeId IdOf(int number) => P256.IdOf(SignerOf(number).PublicKey.Span);

    /// <summary>What signs for a node.</summary>
    public static AnySigner SignerOf(int number)
    {
        byte[] key = new byte[P256.KeySize];
        BinaryPrimitives.WriteInt32BigEndian(key, number);
        return new AnySigner { PublicKey = key };
    }

    /// <summary>The first number from another one on whose node shares so many bits with a key.</summary>
    public static int NumberNear(DhtKey key, int bits, int from)
    {
        while (DhtKey.Of(IdOf(from)).SharedBits(key) < bits)
        {
            from++;
        }

        return from;
    }
}
