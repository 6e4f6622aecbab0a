using System.Security.Cryptography;

namespace ActorP2P.Simulation;

/// <summary>
/// Stands in for ECDSA in a simulation, where real signatures would differ in each run. Keys and signatures have the
/// real sizes, and a signature fits one key and one digest only. <b>It protects nothing</b>: whoever knows this code
/// can sign for every node.
/// </summary>
/// <param name="id">The node that signs.</param>
internal sealed class SimulatedSigner(NodeId id) : ISigner
{
    private const int KeySize = 64;

    private readonly byte[] _publicKey = KeyOf(id);

    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    public NodeId IdOf(ReadOnlySpan<byte> publicKey) => new(publicKey[..NodeId.Size]);

    public void Sign(ReadOnlySpan<byte> digest, Span<byte> signature) => Write(_publicKey, digest, signature);

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[2 * SHA256.HashSizeInBytes];
        Write(publicKey, digest, expected);
        return publicKey.Length == KeySize && expected.SequenceEqual(signature);
    }

    // The first half of a key is the id, and the second half is empty.
    private static byte[] KeyOf(NodeId id)
    {
        byte[] key = new byte[KeySize];
        id.Write(key);
        return key;
    }

    private static void Write(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, Span<byte> signature)
    {
        byte[] input = [.. "simulated signature"u8, .. publicKey, .. digest];
        SHA256.HashData(input, signature);
        SHA256.HashData(signature[..SHA256.HashSizeInBytes], signature[SHA256.HashSizeInBytes..]);
    }
}
