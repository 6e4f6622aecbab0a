using System.Buffers.Binary;
using System.Security.Cryptography;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The node's random numbers: one seed, and a separate stream for each purpose, so that the numbers drawn for one
/// purpose do not change those for another. Outside of a simulation they are not used for secrets.
/// </summary>
/// <param name="seed">The seed of all streams.</param>
internal sealed class NodeRandom(ulong seed)
{
    /// <summary>The purposes that have a stream.</summary>
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
        /// <summary>Dialling jitter of handles.</summary>
        Handles,
        /// <summary>Cookie, challenges and nonces of logins, in a simulation only.</summary>
        Login,
        /// <summary>Whom discovery dials, and when.</summary>
        Discovery,

        /// <summary>Keys of walks, and providers that are named.</summary>
        Dht,

        /// <summary>Which address groups are protected when an inbound peer makes room.</summary>
        Slots,
    }

    /// <summary>
    /// Makes the node's streams from a seed, or from a seed of the operating system when there is none.
    /// </summary>
    public static NodeRandom Create(ulong? seed)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return new NodeRandom(seed ?? BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }

    /// <summary>The stream of a purpose.</summary>
    public Random For(Purpose purpose, long index = 0) => new RandomStream(SeedFor(purpose, index));

    /// <summary>
    /// The stream of a purpose for one node: two nodes with the same seed have different streams.
    /// </summary>
    public Random For(Purpose purpose, NodeId node)
    {
        Span<byte> id = stackalloc byte[NodeId.Size];
        node.Write(id);

        // The last bytes of the id are used: real ids are hashes, but the ids made up by tests differ only there.
        return new RandomStream(
            SplitMix64.Mix(SeedFor(purpose) ^ BinaryPrimitives.ReadUInt64BigEndian(id[^sizeof(ulong)..])));
    }

    /// <summary>The seed of a purpose's stream.</summary>
    public ulong SeedFor(Purpose purpose, long index = 0) =>
        SplitMix64.Mix(seed ^ SplitMix64.Mix(((ulong)purpose << 48) ^ (ulong)index));
}
