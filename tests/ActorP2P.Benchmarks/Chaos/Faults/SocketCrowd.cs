using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>Many connections to one node that are made at the same time.</summary>
internal sealed class SocketCrowd : IDisposable
{
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(10);

    private static long s_number;

    private readonly List<Socket> _sockets = [];
    private readonly List<Socket> _ready = [];

    private SocketCrowd()
    {
    }

    /// <summary>The number of connections that the node has accepted as peers.</summary>
    public int Ready => _ready.Count;

    /// <summary>
    /// Connects all sockets at once. A connection that is refused, cut or left without an answer is no failure.
    /// </summary>
    /// <param name="port">The port on this machine.</param>
    /// <param name="count">The number of connections.</param>
    /// <param name="greet">Whether the sockets do the handshake and become peers.</param>
    public static async Task<SocketCrowd> ConnectAsync(int port, int count, bool greet)
    {
        SocketCrowd crowd = new();
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => crowd.AddAsync(port, greet)));
        return crowd;
    }

    /// <summary>The number of peers that the node dismissed or cut after they had become ready.</summary>
    public int CutAfterReady() => _ready.Count(IsOver);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Socket socket in _sockets)
        {
            socket.Dispose();
        }
    }

    // Data that the node sends by itself, such as credit and pings, is read first. The end of the stream, if there is
    // one, follows it.
    private static bool IsOver(Socket socket)
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (socket.Poll(0, SelectMode.SelectRead))
            {
                if (socket.Receive(buffer) == 0)
                {
                    return true;
                }
            }

            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    // A far end that has sent Ready cannot know whether the node has read it; an answer to its ping proves that.
    private static async Task PingAsync(Socket socket, ulong nonce)
    {
        byte[] header = new byte[FrameHeader.Size];
        new FrameHeader(0, FrameKind.Ping, FrameFlags.None, 0, nonce).Write(header);
        await socket.SendAsync(header.AsMemory());
        FrameHeader answer;
        do
        {
            await ReceiveAllAsync(socket, header);
            answer = FrameHeader.Read(header);
            await ReceiveAllAsync(socket, new byte[answer.Length]);
        }
        while (answer.Kind != FrameKind.Pong);
    }

    private static async Task ReceiveAllAsync(Socket socket, Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int bytes = await socket.ReceiveAsync(buffer);
            buffer = bytes > 0 ? buffer[bytes..] : throw new IOException("The node has ended the connection.");
        }
    }

    private async Task AddAsync(int port, bool greet)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            LingerState = new LingerOption(true, 0),
        };
        lock (_sockets)
        {
            _sockets.Add(socket);
        }

        try
        {
            using CancellationTokenSource deadline = new(s_within);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), deadline.Token);
            if (greet)
            {
                ulong number = (ulong)Interlocked.Increment(ref s_number);
                await Handshake.DoAsync(socket, number).WaitAsync(deadline.Token);
                await PingAsync(socket, number).WaitAsync(deadline.Token);
                lock (_ready)
                {
                    _ready.Add(socket);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            // The connection was refused, which is a valid answer. The caller counts the connections that were not
            // refused.
        }
    }
}
