using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>Many connections to one node at once.</summary>
internal sealed class SocketCrowd : IDisposable
{
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(10);

    private static long s_number;

    private readonly List<Socket> _sockets = [];
    private readonly List<Socket> _ready = [];

    private SocketCrowd()
    {
    }

    /// <summary>How many have become peers, and were answered as such.</summary>
    public int Ready => _ready.Count;

    /// <summary>Connects all at once. What is refused, cut or left without an answer is no failure.</summary>
    /// <param name="port">Where to, on this machine.</param>
    /// <param name="count">How many.</param>
    /// <param name="greet">Whether they say hello, and become peers.</param>
    public static async Task<SocketCrowd> ConnectAsync(int port, int count, bool greet)
    {
        SocketCrowd crowd = new();
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => crowd.AddAsync(port, greet)));
        return crowd;
    }

    /// <summary>How many peers were told to leave, or cut, after they had become ready.</summary>
    public int CutAfterReady() => _ready.Count(IsOver);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Socket socket in _sockets)
        {
            socket.Dispose();
        }
    }

    // What a node sends of itself, credit and pings, is read first: behind it stands the end, if there is one.
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

    // Whoever has said that it is ready cannot know whether that was read; whose ping is answered does.
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
            // Refused, which is an answer; that not all of them are is seen from those that were not.
        }
    }
}
