using System.Collections.ObjectModel;
using System.Net.Security;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Identity;

/// <summary>Somebody with a TLS of his own, who connects to a node.</summary>
internal static class Stranger
{
    /// <summary>Connects to a node, and tells how the node ends the connection.</summary>
    /// <param name="server">The node.</param>
    /// <param name="certificate">What the stranger shows; null: nothing.</param>
    /// <param name="version">The version of TLS that he speaks.</param>
    /// <param name="chain">Certificates that he sends behind his own.</param>
    public static async Task<DisconnectReason> EndOfAsync(
        P2PNode server, X509Certificate2? certificate, SslProtocols version = SslProtocols.Tls13,
        X509Certificate2Collection? chain = null)
    {
        // Making the context of a long chain takes longer than a node waits for a handshake.
        SslStreamCertificateContext? context = certificate is null ? null : ContextOf(certificate, chain);
        using NodeEvents events = server.Events();
        using TcpClient stranger = new();
        await stranger.ConnectAsync("127.0.0.1", server.ListenAddresses[0].Port).WaitAsync(Waits.Guard);
        await using SslStream tls = new(stranger.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "",
                EnabledSslProtocols = version,
                ApplicationProtocols = [new SslApplicationProtocol("actorp2p/1")],
                ClientCertificateContext = context,
                RemoteCertificateValidationCallback = static (_, shown, _, _) => shown is not null,
            }).WaitAsync(Waits.Guard);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            // The node may end it while the handshake is under way on this side; how the node sees it counts.
        }

        return (await events.ReadAsync<PeerRefused>().AsTask().WaitAsync(Waits.Guard)).End.Reason;
    }

    // .NET sends no chain that it cannot build itself, and it builds none of more than a hundred certificates. Whoever
    // attacks has no such limit, so the certificates are put into the context in its stead.
    private static SslStreamCertificateContext ContextOf(
        X509Certificate2 certificate, X509Certificate2Collection? chain)
    {
        SslStreamCertificateContext context = SslStreamCertificateContext.Create(certificate, null, offline: true);
        if (chain is not null)
        {
            FieldInfo sent = typeof(SslStreamCertificateContext)
                .GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
                .Single(static field => field.FieldType == typeof(ReadOnlyCollection<X509Certificate2>));
            sent.SetValue(context, chain.Reverse().ToArray().AsReadOnly());
            Assert.Equal(chain.Count, context.IntermediateCertificates.Count);
        }

        return context;
    }

    /// <summary>A certificate that is valid today.</summary>
    public static X509Certificate2 SelfSigned(CertificateRequest request) =>
        request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
}
