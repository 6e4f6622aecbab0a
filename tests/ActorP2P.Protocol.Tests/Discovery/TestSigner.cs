using System.Security.Cryptography;

namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>Signs with a key of its own, as nodes do.</summary>
internal sealed class TestSigner : ISigner, IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ReadOnlyMemory<byte> PublicKey
    {
        get
        {
            ECPoint point = _key.ExportParameters(includePrivateParameters: false).Q;
            return (byte[])[.. point.X!, .. point.Y!];
        }
    }

    public NodeId Id => NodeId.FromPublicKey(_key.ExportSubjectPublicKeyInfo());

    public NodeId IdOf(ReadOnlySpan<byte> publicKey) => P256.IdOf(publicKey);

    public void Sign(ReadOnlySpan<byte> digest, Span<byte> signature)
    {
        do
        {
            _key.TrySignHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out _);
        }
        while (!P256.IsLow(signature));
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature) =>
        P256.Verify(publicKey, digest, signature);

    public void Dispose() => _key.Dispose();
}
