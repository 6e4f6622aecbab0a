using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorP2P.Transport;

/// <summary>
/// A node's key in the form that TLS needs: a certificate that the node has signed itself. Only the key counts; names
/// and dates in a certificate have no meaning.
/// </summary>
internal sealed class TlsIdentity : IDisposable
{
    /// <summary>The protocol's name in TLS (ALPN).</summary>
    public static readonly SslApplicationProtocol Protocol = new("actorp2p/1");

    private const string NistP256 = "1.2.840.10045.3.1.7";

    private readonly X509Certificate2 _certificate;
    private readonly SslStreamCertificateContext _context;

    /// <summary>Makes the identity of a P-256 key. The caller still owns the key.</summary>
    /// <exception cref="ArgumentException">The key is not a P-256 key.</exception>
    public TlsIdentity(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != NistP256)
        {
            throw new ArgumentException("A node's key is of the curve P-256.", nameof(key));
        }

        CertificateRequest request = new("CN=actorp2p", key, HashAlgorithmName.SHA256);
        _certificate = Usable(
            request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddYears(-1)));
        _context = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true);
        Id = NodeId.FromPublicKey(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The node's id.</summary>
    public NodeId Id { get; }

    /// <summary>The id that a peer's certificate proves; null if it proves none.</summary>
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
            // A certificate that cannot be read proves no id.
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
    /// The certificate with its key where the system's TLS finds it. OpenSSL takes a key from memory. According to
    /// their documentation, those of Windows and macOS want it in a key store, where reading it as PKCS#12 puts it; no
    /// test runs there.
    /// </summary>
    private static X509Certificate2 Usable(X509Certificate2 made)
    {
        if (OperatingSystem.IsLinux())
        {
            return made;
        }

        using (made)
        {
            return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
        }
    }

    /// <summary>
    /// Checks only the certificate itself. By default .NET would download the issuers that it names, from addresses
    /// that an unknown peer chooses.
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
