using System.Buffers.Binary;
using System.Security.Cryptography;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The node's randomness: one seed, and a stream of its own for each purpose, so that what one part draws does not change what
/// another gets. Nothing secret is drawn from here.
/// </summary>
/// <param name="seed">The seed of all streams.</param>
internal sealed class NodeRandom(ulong seed)
{
    /// <summary>The purposes that draw.</summary>
    public enum Purpose
    {
        /// <summary>Instance id and nonce.</summary>
        Instance,
        /// <summary>Ping nonces; one stream for each link.</summary>
        Session,
        /// <summary>The salt of each link's request ids.</summary>
        Salt,
        /// <summary>Dialling jitter.</summary>
        Dialer,
        /// <summary>Salts of broadcasts.</summary>
        Broadcast,
    }

    /// <summary>A node's randomness from a seed, or from the system's.</summary>
    public static NodeRandom Create(ulong? seed)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return new NodeRandom(seed ?? BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }

    /// <summary>The stream of a purpose.</summary>
    public Random For(Purpose purpose, long index = 0) => new RandomStream(SeedFor(purpose, index));

    /// <summary>
    /// The stream of a purpose that tells nodes apart: of two nodes with one seed each has another.
    /// </summary>
    public Random For(Purpose purpose, NodeId node)
    {
        Span<byte> id = stackalloc byte[NodeId.Size];
        node.Write(id);

        // The last bytes: ids are hashes, but those that tests make up differ there.
        return new RandomStream(SplitMix64.Mix(SeedFor(purpose) ^ BinaryPrimitives.ReadUInt64BigEndian(id[^sizeof(ulong)..])));
    }

    /// <summary>The seed of a purpose's stream.</summary>
    public ulong SeedFor(Purpose purpose, long index = 0) =>
        SplitMix64.Mix(seed ^ SplitMix64.Mix(((ulong)purpose << 48) ^ (ulong)index));
}
