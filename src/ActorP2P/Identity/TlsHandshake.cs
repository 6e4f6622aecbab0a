using System.Security.Cryptography;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>TLS 1.3 with certificates that the nodes have signed themselves.</summary>
public sealed class TlsHandshake : IHandshake
{
    /// <summary>The one there is.</summary>
    public static TlsHandshake Instance { get; } = new();

    private TlsHandshake()
    {
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The identity has no key.</exception>
    public ITransport Over(ITransport inner, NodeIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(identity);
        ECDsa key = identity.Key ?? throw new ArgumentException(
            "The identity has no key; allowed with encryption: an identity with a key.", nameof(identity));
        return new TlsTransport(inner, new TlsIdentity(key));
    }
}
