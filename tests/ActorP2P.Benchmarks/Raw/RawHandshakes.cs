using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The baseline of accepting. It reads a hello, answers with the bytes that a node has answered with before, and reads
/// what follows. Only lengths are parsed.
/// </summary>
internal sealed class RawHandshakes : IDisposable
{
    // A hello is followed by Ready and by the credit.
    private const int FramesAfterHello = 2;

    private readonly Socket _listener = RawSocket.Listen();
    private readonly byte[] _answer;

    public RawHandshakes(byte[] answer)
    {
        _answer = answer;
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Counts the complete handshakes.</summary>
    public Counter Completed { get; } = new();

    /// <summary>Returns the bytes with which a node answers a hello.</summary>
    public static async Task<byte[]> AnswerOfAsync(int port)
    {
        using Socket socket = await RawSocket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return await Handshake.DoAsync(socket, ulong.MaxValue);
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                _ = ServeAsync(socket);
            }
        }
        catch (SocketException)
        {
            // The listener was disposed because the measure is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using Socket closing = socket;
        byte[] buffer = new byte[HelloCodec.MaxSize + FrameHeader.Size];
        try
        {
            await ReadFrameAsync(socket, buffer);
            await socket.SendAsync(_answer.AsMemory());
            for (int i = 0; i < FramesAfterHello; i++)
            {
                await ReadFrameAsync(socket, buffer);
            }

            Completed.Add(1);
            await socket.ReceiveAsync(buffer.AsMemory());
        }
        catch (SocketException)
        {
            // The far end has reset the connection because it is not needed any more.
        }
    }

    private static async Task ReadFrameAsync(Socket socket, byte[] buffer)
    {
        await ReadAsync(socket, buffer.AsMemory(0, FrameHeader.Size));
        await ReadAsync(socket, buffer.AsMemory(0, (int)FrameHeader.Read(buffer).Length));
    }

    private static async Task ReadAsync(Socket socket, Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int bytes = await socket.ReceiveAsync(buffer);
            buffer = bytes > 0 ? buffer[bytes..] : throw new SocketException((int)SocketError.ConnectionReset);
        }
    }
}
