using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>TLS 1.3 with certificates that the nodes have signed themselves.</summary>
internal sealed class TlsHandshake : IHandshake
{
    public static readonly TlsHandshake Instance = new();

    private TlsHandshake()
    {
    }

    public ITransport Over(ITransport inner, NodeIdentity identity) => new TlsTransport(inner, new TlsIdentity(identity.Key
        ?? throw new ArgumentException(
            "The identity has no key; allowed with encryption: an identity with a key.", nameof(identity))));
}
