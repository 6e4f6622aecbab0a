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
        return new TlsTransport(inner, new TlsIdentity(RequireKey(identity, nameof(identity))));
    }

    /// <summary>The key of an identity.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    internal static ECDsa RequireKey(NodeIdentity identity, string name) => identity.Key ?? throw new ArgumentException(
        $"The identity {identity} has no key; allowed with encryption: an identity with a key.", name);
}
