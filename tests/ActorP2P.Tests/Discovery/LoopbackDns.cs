using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorP2P.Tests.Discovery;

/// <summary>A name server on this machine with a few records.</summary>
internal sealed class LoopbackDns : IAsyncDisposable
{
    private const int HeaderSize = 12;
    private const ushort A = 1;
    private const ushort Txt = 16;
    private const ushort Srv = 33;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Task _running;

    public LoopbackDns() => _running = RunAsync();

    public IPEndPoint Address => (IPEndPoint)_socket.Client.LocalEndPoint!;

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _running;
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                UdpReceiveResult asked = await _socket.ReceiveAsync();
                await _socket.SendAsync(Answer(asked.Buffer), asked.RemoteEndPoint);
            }
        }
        catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private static byte[] Answer(byte[] query)
    {
        int end = Array.IndexOf(query, (byte)0, HeaderSize) + 1;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(end));
        string name = Encoding.ASCII.GetString(query, HeaderSize, end - HeaderSize);
        byte[]? data = type switch
        {
            A => name.Contains("server", StringComparison.Ordinal) ? [9, 9, 9, 9] : [8, 8, 8, 8],
            Srv when name.Contains("_actorp2p", StringComparison.Ordinal) =>
                [0, 1, 0, 1, 0x1b, 0x59, 6, .. "server"u8, 7, .. "example"u8, 0],
            Txt => [6, .. "hello "u8, 5, .. "world"u8],
            _ => null,
        };
        byte[] header = [query[0], query[1], 0x81, 0x80, 0, 1, 0, (byte)(data is null ? 0 : 1), 0, 0, 0, 0];
        byte[] question = query[HeaderSize..(end + 4)];
        byte[] record = data is null ? []
            : [0xc0, HeaderSize, 0, (byte)type, 0, 1, 0, 0, 0, 60, 0, (byte)data.Length, .. data];
        return [.. header, .. question, .. record];
    }
}
