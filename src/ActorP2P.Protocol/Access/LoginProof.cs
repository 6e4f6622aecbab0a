using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ActorP2P.Protocol;

/// <summary>
/// Proofs that both sides of a login know the cookie. They are about both ids, the nonces of both hellos, a nonce of
/// the client and a challenge that the server makes anew for each attempt. A proof is therefore of no use on another
/// connection, and between nodes with proven ids it is of no use to whoever passes it on.
/// </summary>
/// <param name="Client">The node that logs in.</param>
/// <param name="Server">The node that is logged in to.</param>
/// <param name="ClientHello">The nonce of the client's hello.</param>
/// <param name="ServerHello">The nonce of the server's hello.</param>
internal readonly record struct LoginProof(NodeId Client, NodeId Server, ulong ClientHello, ulong ServerHello)
{
    /// <summary>Bytes of a cookie, of a nonce and of a challenge.</summary>
    public const int Size = 32;

    /// <summary>The client's proof.</summary>
    public byte[] OfClient(ReadOnlySpan<byte> cookie, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> challenge) =>
        Of("actorp2p/1 login client"u8, cookie, nonce, challenge);

    /// <summary>The server's proof, which it gives only to a client whose proof was right.</summary>
    public byte[] OfServer(ReadOnlySpan<byte> cookie, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> challenge) =>
        Of("actorp2p/1 login server"u8, cookie, nonce, challenge);

    private byte[] Of(
        ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> cookie, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> challenge)
    {
        Span<byte> ends = stackalloc byte[2 * (NodeId.Size + sizeof(ulong))];
        Client.Write(ends);
        Server.Write(ends[NodeId.Size..]);
        BinaryPrimitives.WriteUInt64BigEndian(ends[(2 * NodeId.Size)..], ClientHello);
        BinaryPrimitives.WriteUInt64BigEndian(ends[((2 * NodeId.Size) + sizeof(ulong))..], ServerHello);
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, cookie);
        hmac.AppendData(purpose);
        hmac.AppendData(ends);
        hmac.AppendData(nonce);
        hmac.AppendData(challenge);
        return hmac.GetHashAndReset();
    }
}
