namespace ActorP2P.Protocol.Tests;

/// <summary>What a proof of a login is about.</summary>
public sealed class LoginProofTests
{
    private static readonly LoginProof s_ends = new(NodeId.FromPublicKey([1]), NodeId.FromPublicKey([2]), 3, 4);
    private static readonly byte[] s_cookie = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] s_nonce = [.. Enumerable.Repeat((byte)5, 32)];
    private static readonly byte[] s_challenge = [.. Enumerable.Repeat((byte)6, 32)];

    [Fact]
    public void A_proof_is_an_HMAC_of_all_that_it_is_about()
    {
        byte[] input = [.. "actorp2p/1 login client"u8, .. Bytes(s_ends.Client), .. Bytes(s_ends.Server),
            0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, .. s_nonce, .. s_challenge];

        Assert.Equal(
            System.Security.Cryptography.HMACSHA256.HashData(s_cookie, input),
            s_ends.OfClient(s_cookie, s_nonce, s_challenge));
    }

    [Fact]
    public void Everything_that_differs_makes_another_proof()
    {
        byte[] other = [.. Enumerable.Repeat((byte)9, 32)];
        byte[][] proofs =
        [
            s_ends.OfClient(s_cookie, s_nonce, s_challenge),
            s_ends.OfServer(s_cookie, s_nonce, s_challenge),
            s_ends.OfClient(other, s_nonce, s_challenge),
            s_ends.OfClient(s_cookie, other, s_challenge),
            s_ends.OfClient(s_cookie, s_nonce, other),
            (s_ends with { Client = NodeId.FromPublicKey([7]) }).OfClient(s_cookie, s_nonce, s_challenge),
            (s_ends with { Server = NodeId.FromPublicKey([7]) }).OfClient(s_cookie, s_nonce, s_challenge),
            (s_ends with { ClientHello = 7 }).OfClient(s_cookie, s_nonce, s_challenge),
            (s_ends with { ServerHello = 7 }).OfClient(s_cookie, s_nonce, s_challenge),
        ];

        Assert.Equal(proofs.Length, proofs.Select(Convert.ToHexString).Distinct().Count());
    }

    private static byte[] Bytes(NodeId id)
    {
        byte[] bytes = new byte[NodeId.Size];
        id.Write(bytes);
        return bytes;
    }
}
