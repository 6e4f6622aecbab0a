using System.Security.Cryptography;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Signs with the key of a node's identity (ECDSA, P-256).</summary>
internal sealed class P256Signer : ISigner
{
    // An object of the operating system's library, which two threads must not use at a time.
    private readonly Lock _lock = new();
    private readonly ECDsa? _key;
    private readonly byte[] _publicKey = [];
    private readonly NodeId _id;

    public P256Signer(NodeIdentity identity)
    {
        _id = identity.Id;
        _key = identity.Key;
        if (_key is not null)
        {
            ECPoint point = _key.ExportParameters(includePrivateParameters: false).Q;
            _publicKey = [.. point.X!, .. point.Y!];
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PublicKey => _key is null ? throw NoKey() : _publicKey;

    /// <inheritdoc/>
    public NodeId IdOf(ReadOnlySpan<byte> publicKey) => P256.IdOf(publicKey);

    /// <inheritdoc/>
    public void Sign(ReadOnlySpan<byte> digest, Span<byte> signature)
    {
        if (_key is null)
        {
            throw NoKey();
        }

        lock (_lock)
        {
            do
            {
                // Each signature is another one, and every second one is valid here.
                _key.TrySignHash(
                    digest, signature[..P256.SignatureSize], DSASignatureFormat.IeeeP1363FixedFieldConcatenation,
                    out _);
            }
            while (!P256.IsLow(signature));
        }
    }

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature) =>
        P256.Verify(publicKey, digest, signature);

    private InvalidOperationException NoKey() => new($"The identity {_id} has no key, so the node cannot sign.");
}
