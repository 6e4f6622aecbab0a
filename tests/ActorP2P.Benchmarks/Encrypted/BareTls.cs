using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The baseline: an <see cref="SslStream"/> over a socket, and frames that are put together by hand in 64 KiB and
/// counted at the other end.
/// </summary>
internal sealed class BareTls : EncryptedLink
{
    private const int BufferBytes = 64 * 1024;

    private readonly SslStream _sender;
    private readonly SslStream _receiver;
    private readonly byte[] _filled;
    private readonly int _messages;
    private readonly int _messageBytes;
    private readonly Counter _received = new();
    private long _sent;

    private BareTls(SslStream sender, SslStream receiver, int size)
    {
        _sender = sender;
        _receiver = receiver;
        _messageBytes = FrameHeader.Size + size;
        _messages = Math.Max(1, BufferBytes / _messageBytes);
        _filled = new byte[_messages * _messageBytes];
        for (int i = 0; i < _messages; i++)
        {
            new FrameHeader((uint)size, FrameKind.Notify, (FrameFlags)Lane.Normal, RawPacket.TypeCode, 0)
                .Write(_filled.AsSpan(i * _messageBytes));
        }

        _ = CountAsync();
    }

    /// <summary>Connects both ends.</summary>
    /// <param name="size">The bytes of a message.</param>
    public static async Task<BareTls> ConnectAsync(int size)
    {
        using Socket listener = RawSocket.Listen();
        Socket dialled = await RawSocket.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
        Socket accepted = await listener.AcceptAsync();
        accepted.NoDelay = true;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 certificate = new CertificateRequest("CN=bench", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        SslStream sender = new(new NetworkStream(dialled, ownsSocket: true));
        SslStream receiver = new(new NetworkStream(accepted, ownsSocket: true));
        await Task.WhenAll(
            sender.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "",
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificates = [certificate],
                RemoteCertificateValidationCallback = static (_, shown, _, _) => shown is not null,
            }),
            receiver.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls13,
                RemoteCertificateValidationCallback = static (_, shown, _, _) => shown is not null,
            }));
        return new BareTls(sender, receiver, size);
    }

    /// <inheritdoc/>
    public override async Task<long> SendAsync(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        long before = _sent;
        do
        {
            await _sender.WriteAsync(_filled);
            _sent += _messages;
        }
        while (Stopwatch.GetElapsedTime(start) < duration);
        await _received.ReachAsync(_sent);
        return _sent - before;
    }

    public override async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    private async Task CountAsync()
    {
        byte[] buffer = new byte[BufferBytes];
        int rest = 0;
        try
        {
            while (await _receiver.ReadAsync(buffer) is > 0 and int bytes)
            {
                rest += bytes;
                _received.Add(rest / _messageBytes);
                rest %= _messageBytes;
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The measure is over.
        }
    }
}
