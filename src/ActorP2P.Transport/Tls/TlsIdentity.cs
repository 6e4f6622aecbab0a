using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorP2P.Transport;

/// <summary>
/// The key of a node as TLS shows it: a certificate that the node has signed itself. The key alone counts; names and
/// dates in a certificate mean nothing.
/// </summary>
internal sealed class TlsIdentity : IDisposable
{
    /// <summary>The protocol's name in TLS (ALPN).</summary>
    public static readonly SslApplicationProtocol Protocol = new("actorp2p/1");

    private const string NistP256 = "1.2.840.10045.3.1.7";

    private readonly X509Certificate2 _certificate;
    private readonly SslStreamCertificateContext _context;

    /// <summary>The identity of a P-256 key, which stays the caller's.</summary>
    /// <exception cref="ArgumentException">The key is of another curve.</exception>
    public TlsIdentity(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != NistP256)
        {
            throw new ArgumentException("A node's key is of the curve P-256.", nameof(key));
        }

        CertificateRequest request = new("CN=actorp2p", key, HashAlgorithmName.SHA256);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddYears(-1));
        _context = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true);
        Id = NodeId.FromPublicKey(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The node's id.</summary>
    public NodeId Id { get; }

    /// <summary>The id that a peer's certificate proves; null when it proves none.</summary>
    public static NodeId? IdOf(X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 own)
        {
            return null;
        }

        try
        {
            using ECDsa? key = own.GetECDsaPublicKey();
            return key?.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value == NistP256
                ? NodeId.FromPublicKey(key.ExportSubjectPublicKeyInfo())
                : null;
        }
        catch (CryptographicException)
        {
            // A certificate that cannot be read proves nothing.
            return null;
        }
    }

    /// <summary>How the side that has dialled authenticates.</summary>
    /// <param name="isAccepted">Judges the other side's certificate.</param>
    public SslClientAuthenticationOptions ForInitiator(RemoteCertificateValidationCallback isAccepted) => new()
    {
        TargetHost = "",
        ApplicationProtocols = [Protocol],
        EnabledSslProtocols = SslProtocols.Tls13,
        ClientCertificateContext = _context,
        CertificateChainPolicy = NoChain(),
        AllowRenegotiation = false,
        AllowTlsResume = false,
        RemoteCertificateValidationCallback = isAccepted,
    };

    /// <summary>How the side that was dialled authenticates.</summary>
    /// <param name="isAccepted">Judges the other side's certificate.</param>
    public SslServerAuthenticationOptions ForResponder(RemoteCertificateValidationCallback isAccepted) => new()
    {
        ApplicationProtocols = [Protocol],
        EnabledSslProtocols = SslProtocols.Tls13,
        ServerCertificateContext = _context,
        ClientCertificateRequired = true,
        CertificateChainPolicy = NoChain(),
        AllowRenegotiation = false,
        AllowTlsResume = false,
        RemoteCertificateValidationCallback = isAccepted,
    };

    /// <summary>
    /// Looks at the certificate alone. By default issuers that it names are downloaded, from wherever a stranger says.
    /// </summary>
    private static X509ChainPolicy NoChain() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();
}
