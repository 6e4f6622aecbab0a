using System.Security.Cryptography;

namespace ActorP2P.Simulation;

/// <summary>
/// The messages of a simulated handshake, as pure state: three flights, as in TLS 1.3. The initiator sends a nonce; the
/// responder sends its own nonce, its id and a proof; the initiator sends its id and a proof. A proof is a hash, which
/// anybody could make.
/// </summary>
/// <param name="isInitiator">Whether this side has dialled.</param>
/// <param name="id">This node's id.</param>
/// <param name="nonce">This side's random number.</param>
/// <param name="expected">The node that must answer; null: whichever answers.</param>
internal sealed class HandshakeFlight(bool isInitiator, NodeId id, byte[] nonce, NodeId? expected)
{
    /// <summary>Bytes of a random number.</summary>
    public const int NonceSize = 32;

    // The sizes of what SslStream sends with P-256 certificates and both sides authenticated.
    private const int HelloSize = 250;
    private const int AnswerSize = 900;
    private const int FinishSize = 700;

    private byte[] _remoteNonce = [];
    private bool _hasAnswered;

    /// <summary>The peer's proven id; null until it has proven one.</summary>
    public NodeId? RemoteId { get; private set; }

    /// <summary>Whether both sides have proven their ids.</summary>
    public bool IsComplete => RemoteId is not null;

    /// <summary>What the initiator sends first; null for the responder.</summary>
    public byte[]? First() => isInitiator ? Padded(HelloSize, nonce) : null;

    /// <summary>Takes a flight of the peer.</summary>
    /// <param name="flight">Its bytes.</param>
    /// <param name="answer">What is to be sent now; null: nothing.</param>
    /// <returns>Why the handshake has failed; no fault when it has not.</returns>
    public TransportError Take(ReadOnlySpan<byte> flight, out byte[]? answer)
    {
        answer = null;
        int size = isInitiator ? AnswerSize : _hasAnswered ? FinishSize : HelloSize;
        if (flight.Length != size || IsComplete)
        {
            return new TransportError(
                TransportFault.HandshakeFailed, $"a flight of {flight.Length} bytes instead of {size}");
        }

        if (!isInitiator && !_hasAnswered)
        {
            _remoteNonce = flight[..NonceSize].ToArray();
            _hasAnswered = true;
            answer = Padded(AnswerSize, nonce, Bytes(id), Proof(id, isOfInitiator: false));
            return default;
        }

        if (isInitiator)
        {
            _remoteNonce = flight[..NonceSize].ToArray();
            flight = flight[NonceSize..];
        }

        NodeId remote = new(flight[..NodeId.Size]);
        if (!flight.Slice(NodeId.Size, SHA256.HashSizeInBytes).SequenceEqual(Proof(remote, !isInitiator)))
        {
            return new TransportError(TransportFault.HandshakeFailed, $"{remote.ToShortString()} is not proven");
        }

        if (expected is { } wanted && remote != wanted)
        {
            return new TransportError(
                TransportFault.WrongNode, $"{remote.ToShortString()} answers, not {wanted.ToShortString()}");
        }

        RemoteId = remote;
        answer = isInitiator ? Padded(FinishSize, Bytes(id), Proof(id, isOfInitiator: true)) : null;
        return default;
    }

    /// <summary>The cipher of one direction, once the handshake is complete.</summary>
    public RecordCipher CreateCipher(bool isOutgoing) => new(Hash(
        isOutgoing == isInitiator ? "initiator"u8 : "responder"u8, []));

    private byte[] Proof(NodeId prover, bool isOfInitiator) =>
        Hash(isOfInitiator ? "proof of initiator"u8 : "proof of responder"u8, Bytes(prover));

    private byte[] Hash(ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> data)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(purpose);
        hash.AppendData(isInitiator ? nonce : _remoteNonce);
        hash.AppendData(isInitiator ? _remoteNonce : nonce);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    private static byte[] Bytes(NodeId id)
    {
        byte[] bytes = new byte[NodeId.Size];
        id.Write(bytes);
        return bytes;
    }

    private static byte[] Padded(int size, params ReadOnlySpan<byte[]> parts)
    {
        byte[] flight = new byte[size];
        int offset = 0;
        foreach (byte[] part in parts)
        {
            part.CopyTo(flight, offset);
            offset += part.Length;
        }

        return flight;
    }
}
