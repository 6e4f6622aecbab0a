using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorP2P.Benchmarks;

/// <summary>The same bytes over a connection of its own, without a node, as plain bytes or in TLS 1.3.</summary>
[SuppressMessage("Security", "CA5359", Justification = "Both ends are in this process, and only speed is measured.")]
internal static class RawStream
{
    private const int BufferBytes = 128 * 1024;

    private static readonly Lazy<X509Certificate2> s_certificate = new(static () =>
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=bench", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate =
            request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    });

    /// <summary>Sends and reads so many bytes.</summary>
    public static async Task<long> SendAsync(long bytes, bool isEncrypted)
    {
        using Socket listener = RawSocket.Listen();
        Task<Socket> connecting = RawSocket.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
        using Socket accepted = await listener.AcceptAsync();
        using Socket connected = await connecting;
        accepted.NoDelay = true;
        Stream writer = new NetworkStream(accepted);
        Stream reader = new NetworkStream(connected);
        if (isEncrypted)
        {
            SslStream server = new(writer);
            SslStream client = new(reader, false, static (_, _, _, _) => true);
            await Task.WhenAll(
                server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificate = s_certificate.Value, EnabledSslProtocols = SslProtocols.Tls13,
                }),
                client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
                {
                    TargetHost = "bench", EnabledSslProtocols = SslProtocols.Tls13,
                }));
            (writer, reader) = (server, client);
        }

        await using (writer)
        await using (reader)
        {
            Task writing = Task.Run(() => WriteAsync(writer, bytes));
            long read = await ReadAsync(reader, bytes);
            await writing;
            return read;
        }
    }

    private static async Task WriteAsync(Stream writer, long bytes)
    {
        byte[] buffer = new byte[BufferBytes];
        for (long left = bytes; left > 0; left -= buffer.Length)
        {
            await writer.WriteAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)));
        }
    }

    private static async Task<long> ReadAsync(Stream reader, long bytes)
    {
        byte[] buffer = new byte[BufferBytes];
        long read = 0;
        while (read < bytes)
        {
            int count = await reader.ReadAsync(buffer);
            read += count > 0 ? count : throw new EndOfStreamException();
        }

        return read;
    }
}
