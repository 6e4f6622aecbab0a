namespace ActorP2P;

/// <summary>Who a node is, what it knows, and how it proves both.</summary>
/// <param name="Identity">Its identity.</param>
/// <param name="Secret">The secret of its network; null when the network has none.</param>
/// <param name="Handshake">What encrypts its connections; null when they are not encrypted.</param>
/// <param name="Signer">What signs for it, and checks signatures of others.</param>
internal sealed record Credentials(
    NodeIdentity Identity, NetworkSecret? Secret, IHandshake? Handshake, ISigner Signer)
{
    /// <summary>The credentials that settings and services give to a node.</summary>
    /// <exception cref="ArgumentException">They contradict each other; the message names the cause.</exception>
    /// <exception cref="IdentityException">A file of a key or of a secret cannot be used.</exception>
    public static Credentials Of(P2PNodeOptions options, P2PNodeServices services)
    {
        NodeIdentity identity = services.Identity
            ?? (options.IdentityFile is { } file ? NodeIdentity.LoadOrCreate(file) : NodeIdentity.Create());
        NetworkSecret? secret = services.NetworkSecret
            ?? (options.NetworkSecretFile is { } secrets ? NetworkSecret.FromFile(secrets) : null);
        if (secret is not null && options.Encryption == Encryption.Off)
        {
            throw new ArgumentException(
                $"{nameof(P2PNodeServices.NetworkSecret)} needs {nameof(Encryption)} {Encryption.Required}: without it "
                + "no id is proven, and whoever has seen a proof could use it.", nameof(services));
        }

        if (options.Listen?.Id is { } named && named != identity.Id)
        {
            throw new ArgumentException(
                $"{nameof(P2PNodeOptions.Listen)} is {options.Listen}; allowed: an address without an id, or with this "
                + $"node's, {identity.Id}.", nameof(options));
        }

        IHandshake? handshake = options.Encryption == Encryption.Off
            ? null
            : services.Handshake ?? services.Transport as IHandshake ?? TlsHandshake.Instance;
        if (handshake is TlsHandshake)
        {
            // Before a transport is made.
            TlsHandshake.RequireKey(identity, nameof(services));
        }

        if (services.Signer is { } signer && signer.IdOf(signer.PublicKey.Span) != identity.Id)
        {
            throw new ArgumentException(
                $"{nameof(P2PNodeServices.Signer)} signs for {signer.IdOf(signer.PublicKey.Span)}; allowed: a signer of "
                + $"this node, {identity.Id}.", nameof(services));
        }

        return new Credentials(identity, secret, handshake, services.Signer ?? new P256Signer(identity));
    }

    /// <summary>The transport of the node, encrypted if that is required.</summary>
    /// <exception cref="ArgumentException">The identity cannot prove its id, for example without a key.</exception>
    public ITransport Protect(ITransport transport) => Handshake?.Over(transport, Identity) ?? transport;
}
