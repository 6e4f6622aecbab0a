using System.Security.Cryptography;

namespace ActorP2P.Protocol;

/// <summary>
/// Proofs that a node knows a network's secret. The initiator's is about its own id and nonce; the responder's is about
/// both ids and both nonces. An id is proven by the connection, so a proof is of no use to anybody else who has seen
/// it.
/// </summary>
/// <param name="keys">The secrets, one or two.</param>
internal sealed class NetworkKeys(IReadOnlyList<byte[]> keys)
{
    /// <summary>Bytes of a proof.</summary>
    public const int ProofSize = HMACSHA256.HashSizeInBytes;

    /// <summary>The most proofs in a hello.</summary>
    public const int MaxProofs = 2;

    /// <summary>The proofs of a node, one for each secret that it knows.</summary>
    /// <param name="prover">Whose proofs they are.</param>
    /// <param name="own">The prover's hello.</param>
    /// <param name="initiator">The initiator's hello, when the prover is the responder; otherwise null.</param>
    public IReadOnlyList<byte[]> ProofsOf(SessionRole prover, Hello own, Hello? initiator) =>
        [.. keys.Select(key => ProofOf(key, prover, own, initiator))];

    /// <summary>Whether one of the proofs in a hello is right, for one of the secrets.</summary>
    public bool Accepts(SessionRole prover, Hello theirs, Hello? initiator)
    {
        // All are compared, so that the time says nothing about which one fits.
        bool isAccepted = false;
        foreach (byte[] key in keys)
        {
            byte[] expected = ProofOf(key, prover, theirs, initiator);
            foreach (byte[] proof in theirs.SecretProofs)
            {
                isAccepted |= CryptographicOperations.FixedTimeEquals(expected, proof);
            }
        }

        return isAccepted;
    }

    private static byte[] ProofOf(byte[] key, SessionRole prover, Hello own, Hello? initiator)
    {
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(prover == SessionRole.Initiator
            ? "actorp2p/1 initiator"u8
            : "actorp2p/1 responder"u8);
        Append(hmac, own);
        if (initiator is not null)
        {
            Append(hmac, initiator);
        }

        return hmac.GetHashAndReset();
    }

    private static void Append(IncrementalHash hmac, Hello hello)
    {
        Span<byte> bytes = stackalloc byte[NodeId.Size + sizeof(ulong)];
        hello.NodeId.Claim.Write(bytes);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[NodeId.Size..], hello.Nonce);
        hmac.AppendData(bytes);
    }
}
