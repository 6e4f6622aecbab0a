namespace ActorP2P;

/// <summary>
/// Signs for one node, and checks what other nodes have signed. A node signs with its own key (ECDSA, P-256); in a
/// simulation a stand-in takes the place of that, because the real signatures differ in each run.
/// </summary>
public interface ISigner
{
    /// <summary>
    /// The node's public key, 64 bytes: of a P-256 key the coordinates x and y of the point, 32 bytes each, big-endian.
    /// </summary>
    /// <exception cref="InvalidOperationException">The node has no key.</exception>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The id of the node that has a public key.</summary>
    /// <param name="publicKey">64 bytes, which may be any.</param>
    NodeId IdOf(ReadOnlySpan<byte> publicKey);

    /// <summary>Signs a SHA-256.</summary>
    /// <param name="digest">The 32 bytes to sign.</param>
    /// <param name="signature">
    /// Receives 64 bytes: of ECDSA the numbers r and s, 32 bytes each, big-endian, where s is at most half of the order
    /// of the curve, so that nobody can make another signature out of it.
    /// </param>
    /// <exception cref="InvalidOperationException">The node has no key.</exception>
    void Sign(ReadOnlySpan<byte> digest, Span<byte> signature);

    /// <summary>Whether the owner of a public key has signed a SHA-256.</summary>
    /// <param name="publicKey">64 bytes, which may be any.</param>
    /// <param name="digest">The 32 bytes that were signed.</param>
    /// <param name="signature">64 bytes, which may be any.</param>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature);
}
