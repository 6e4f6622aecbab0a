using System.Security.Cryptography;

namespace ActorP2P.Protocol;

/// <summary>Public keys and signatures of the curve P-256 in the forms in which they travel.</summary>
internal static class P256
{
    /// <summary>Bytes of a public key: x and y.</summary>
    public const int KeySize = 2 * Coordinate;

    /// <summary>Bytes of a signature: r and s.</summary>
    public const int SignatureSize = 2 * Coordinate;

    private const int Coordinate = 32;

    // What precedes x and y in a SubjectPublicKeyInfo of a P-256 key (RFC 5480): the algorithm, the curve, and that the
    // point is not compressed.
    private static ReadOnlySpan<byte> KeyInfoPrefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
        0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];

    // Half of the order of the curve, rounded down (FIPS 186-4, D.1.2.3). Of the two signatures (r, s) and (r, -s),
    // both of which ECDSA accepts, only the one with the smaller s is valid here.
    private static ReadOnlySpan<byte> HalfOrder =>
    [
        0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
    ];

    /// <summary>The id of the node that has a public key.</summary>
    public static NodeId IdOf(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> info = stackalloc byte[KeyInfoPrefix.Length + KeySize];
        KeyInfoPrefix.CopyTo(info);
        publicKey[..KeySize].CopyTo(info[KeyInfoPrefix.Length..]);
        return NodeId.FromPublicKey(info);
    }

    /// <summary>Whether a signature is the one of its pair that is valid here.</summary>
    public static bool IsLow(ReadOnlySpan<byte> signature) =>
        signature.Slice(Coordinate, Coordinate).SequenceCompareTo(HalfOrder) <= 0;

    /// <inheritdoc cref="ISigner.Verify"/>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeySize || signature.Length != SignatureSize || !IsLow(signature))
        {
            return false;
        }

        try
        {
            using ECDsa key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = publicKey[..Coordinate].ToArray(), Y = publicKey[Coordinate..].ToArray() },
            });
            return key.VerifyHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // The bytes are no point of the curve, so nobody has signed with that key.
            return false;
        }
    }
}
