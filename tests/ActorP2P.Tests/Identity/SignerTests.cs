using System.Security.Cryptography;
using ActorP2P.Protocol;
using ActorP2P.Simulation;

namespace ActorP2P.Tests.Identity;

/// <summary>Signatures of nodes, the real ones and those that stand in for them in a simulation.</summary>
public sealed class SignerTests
{
    private static readonly byte[] s_digest = SHA256.HashData("what is signed"u8);

    public static TheoryData<bool> Both { get; } = [true, false];

    [Theory]
    [MemberData(nameof(Both))]
    public void What_one_node_signs_every_node_can_check(bool isReal)
    {
        (ISigner author, NodeId id) = Create(isReal);
        (ISigner reader, _) = Create(isReal);
        for (int i = 0; i < 20; i++)
        {
            byte[] digest = SHA256.HashData([(byte)i]);
            byte[] signature = Sign(author, digest);
            Assert.True(reader.Verify(author.PublicKey.Span, digest, signature));
            Assert.Equal(id, reader.IdOf(author.PublicKey.Span));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Any_changed_bit_makes_a_signature_wrong(bool isReal)
    {
        (ISigner author, _) = Create(isReal);
        byte[] key = author.PublicKey.ToArray();
        byte[] signature = Sign(author, s_digest);
        for (int bit = 0; bit < 512; bit += 7)
        {
            Assert.False(author.Verify(key, s_digest, Flipped(signature, bit)), $"signature, bit {bit}");
            Assert.False(author.Verify(Flipped(key, bit), s_digest, signature), $"key, bit {bit}");
            Assert.False(author.Verify(key, Flipped(s_digest, bit % 256), signature), $"digest, bit {bit % 256}");
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Another_nodes_signature_is_wrong(bool isReal)
    {
        (ISigner author, _) = Create(isReal);
        (ISigner other, _) = Create(isReal);
        Assert.False(author.Verify(author.PublicKey.Span, s_digest, Sign(other, s_digest)));
    }

    // Out of one valid signature of ECDSA anybody can make a second one.
    [Fact]
    public void The_twin_of_a_signature_is_wrong()
    {
        (ISigner author, _) = Create(isReal: true);
        byte[] signature = Sign(author, s_digest);
        System.Numerics.BigInteger order = System.Numerics.BigInteger.Parse(
            "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
            System.Globalization.NumberStyles.HexNumber, null);
        System.Numerics.BigInteger s = new(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        byte[] twin = (order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] other = [.. signature[..32], .. new byte[32 - twin.Length], .. twin];

        using ECDsa key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = author.PublicKey[..32].ToArray(), Y = author.PublicKey[32..].ToArray(),
            },
        });
        Assert.True(
            key.VerifyHash(s_digest, other, DSASignatureFormat.IeeeP1363FixedFieldConcatenation), "no twin was made");
        Assert.False(author.Verify(author.PublicKey.Span, s_digest, other));
    }

    [Fact]
    public void Bytes_that_are_no_point_of_the_curve_are_no_key()
    {
        (ISigner author, _) = Create(isReal: true);
        byte[] signature = Sign(author, s_digest);
        foreach (byte[] key in (byte[][])[new byte[64], [.. Enumerable.Repeat((byte)0xff, 64)], new byte[63], []])
        {
            Assert.False(author.Verify(key, s_digest, signature));
        }

        Assert.False(author.Verify(author.PublicKey.Span, s_digest, new byte[64]));
        Assert.False(author.Verify(author.PublicKey.Span, s_digest, signature.AsSpan(1)));
    }

    [Fact]
    public void Simulated_signatures_are_the_same_in_each_run()
    {
        ISigner signer = SimulatedNetwork.CreateSigner(NodeId.FromPublicKey([1]));
        Assert.StartsWith(
            "ca0464df42d2d921", Convert.ToHexStringLower(Sign(signer, s_digest)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_identity_without_a_key_cannot_sign()
    {
        P256Signer signer = new(NodeIdentity.WithoutKey(NodeId.FromPublicKey([1])));
        Assert.Throws<InvalidOperationException>(() => signer.PublicKey);
        Assert.Throws<InvalidOperationException>(() => signer.Sign(s_digest, new byte[64]));
    }

    [Fact]
    public async Task A_signer_of_another_node_is_refused() => Assert.Contains(
        "Signer signs for",
        (await Assert.ThrowsAsync<ArgumentException>(() => P2PNode.StartAsync(
            new P2PNodeOptions(),
            services: new P2PNodeServices { Signer = SimulatedNetwork.CreateSigner(NodeId.FromPublicKey([1])) })))
            .Message,
        StringComparison.Ordinal);

    private static (ISigner Signer, NodeId Id) Create(bool isReal)
    {
        NodeIdentity identity = NodeIdentity.Create();
        return (isReal ? new P256Signer(identity) : SimulatedNetwork.CreateSigner(identity.Id), identity.Id);
    }

    private static byte[] Sign(ISigner signer, byte[] digest)
    {
        byte[] signature = new byte[64];
        signer.Sign(digest, signature);
        return signature;
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
