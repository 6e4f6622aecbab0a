namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>Takes every signature for right, and signs with zeros.</summary>
internal sealed class AnySigner : ISigner
{
    public ReadOnlyMemory<byte> PublicKey { get; init; } = new byte[P256.KeySize];

    public NodeId IdOf(ReadOnlySpan<byte> publicKey) => P256.IdOf(publicKey);

    public void Sign(ReadOnlySpan<byte> digest, Span<byte> signature) => signature.Clear();

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature) => true;
}
