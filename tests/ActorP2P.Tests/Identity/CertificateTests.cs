using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorP2P.Protocol;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Identity;

/// <summary>Certificates of strangers, and what they ask for within TLS.</summary>
[Collection(SocketsCollection.Name)]
public sealed class CertificateTests
{
    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Only_the_key_of_a_certificate_counts(TransportKind kind)
    {
        // Neither a usage nor a date keeps a key from proving its node, because it proves nothing else.
        NodeIdentity identity = NodeIdentity.Create();
        CertificateRequest request = new("CN=somebody else", identity.Key!, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], critical: true));
        using X509Certificate2 odd = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddYears(-9), DateTimeOffset.UtcNow.AddYears(-8));

        Assert.Equal(identity.Id, TlsIdentity.IdOf(odd));
        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind });
        Assert.NotEqual(DisconnectReason.EncryptionFailed, await Stranger.EndOfAsync(server, odd));
    }

    [Theory]
    [InlineData("1.2.840.10045.3.1.1")]
    [InlineData("1.3.132.0.10")]
    [InlineData("1.3.132.0.34")]
    [InlineData("1.3.132.0.35")]
    [InlineData("1.3.36.3.3.2.8.1.1.7")]
    public void A_certificate_of_another_curve_proves_no_id(string curve)
    {
        using ECDsa? key = TryCreate(curve);
        if (key is null)
        {
            // The system knows no such curve, so it reads no such key either.
            return;
        }

        using X509Certificate2 certificate = Stranger.SelfSigned(
            new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256));

        Assert.Null(TlsIdentity.IdOf(certificate));
    }

    [Fact]
    public void A_damaged_certificate_proves_its_key_or_no_id()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 whole = Stranger.SelfSigned(
            new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256));
        NodeId id = NodeId.FromPublicKey(key.ExportSubjectPublicKeyInfo());
        byte[] bytes = whole.RawData;
        int read = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            foreach (byte flip in (byte[])[1, 0x80])
            {
                byte[] damaged = [.. bytes];
                damaged[i] ^= flip;
                if (TryLoad(damaged) is { } certificate)
                {
                    read++;

                    // A damaged key is another key or none; it is never taken for a key of another length or curve.
                    using (certificate)
                    {
                        NodeId? shown = TlsIdentity.IdOf(certificate);
                        bool isKeyWhole = certificate.PublicKey.ExportSubjectPublicKeyInfo()
                            .AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());
                        Assert.Equal(isKeyWhole, shown == id);
                    }
                }
            }
        }

        Assert.True(read > 100, $"{read} of the damaged certificates could be read.");
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_certificate_that_is_asked_for_later_is_not_shown(TransportKind kind)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Stranger.SelfSigned(
            new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256));
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        int port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind, Listen = null });
        Task<Peer> connecting = client.ConnectAsync(new PeerAddress("127.0.0.1", port));
        using System.Net.Sockets.TcpClient accepted = await listener.AcceptTcpClientAsync().WaitAsync(Waits.Guard);
        await using SslStream tls = new(accepted.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            EnabledSslProtocols = SslProtocols.Tls13,
            ApplicationProtocols = [new SslApplicationProtocol("actorp2p/1")],
            RemoteCertificateValidationCallback = static (_, _, _, errors) =>
                errors <= SslPolicyErrors.RemoteCertificateNotAvailable,
        }).WaitAsync(Waits.Guard);
        Assert.Null(tls.RemoteCertificate);

        // TLS 1.3 has no renegotiation. This is what is left of it.
        Exception? asked = OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? await AskAsync(tls) : null;
        bool isShown = asked is null && tls.RemoteCertificate is not null;
        await tls.DisposeAsync();
        accepted.Close();

        Assert.False(isShown);
        await Assert.ThrowsAsync<ConnectException>(() => connecting.WaitAsync(Waits.Guard));
    }

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static async Task<Exception?> AskAsync(SslStream tls)
    {
        try
        {
            await tls.NegotiateClientCertificateAsync().WaitAsync(Waits.Guard);
            return null;
        }
        catch (Exception refused) when (refused is IOException or InvalidOperationException or AuthenticationException)
        {
            return refused;
        }
    }

    private static ECDsa? TryCreate(string curve)
    {
        try
        {
            return ECDsa.Create(ECCurve.CreateFromValue(curve));
        }
        catch (Exception unknown) when (unknown is CryptographicException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    private static X509Certificate2? TryLoad(byte[] bytes)
    {
        try
        {
            X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(bytes);
            _ = certificate.PublicKey.ExportSubjectPublicKeyInfo();
            return certificate;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or AsnContentException)
        {
            return null;
        }
    }
}
