using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;

namespace ActorP2P.Simulation;

/// <summary>One member's connection to another one. Each message has its length before it.</summary>
internal sealed class WindowSocket : IDisposable
{
    // A window is far shorter. A longer one is not read, because the sender is not a member or is broken.
    private const int LongestMessage = 1 << 30;

    private readonly BlockingCollection<byte[]> _received = [];
    private readonly byte[] _length = new byte[sizeof(int)];
    private readonly Socket _socket;
    private readonly string _name;
    private volatile Exception? _end;

    public WindowSocket(Socket socket, string name)
    {
        _socket = socket;
        _name = name;
        socket.NoDelay = true;
        new Thread(ReceiveAll) { IsBackground = true, Name = $"windows of {name}" }.Start();
    }

    /// <exception cref="IOException">The member is lost.</exception>
    public void Send(ReadOnlyMemory<byte> message)
    {
        try
        {
            BinaryPrimitives.WriteInt32LittleEndian(_length, message.Length);
            List<ArraySegment<byte>> parts = [_length, .. Segments(message)];
            for (int left = sizeof(int) + message.Length; left > 0;)
            {
                int sent = _socket.Send(parts);
                left -= sent;
                Skip(parts, sent);
            }
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            throw new IOException($"Nothing can be sent to {_name}: {lost.Message}", lost);
        }
    }

    /// <exception cref="IOException">The member is lost, and all that it sent before was received.</exception>
    public ReadOnlyMemory<byte> Receive()
    {
        try
        {
            return _received.Take();
        }
        catch (InvalidOperationException)
        {
            throw new IOException($"The connection to {_name} has ended: {_end?.Message}", _end);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static IEnumerable<ArraySegment<byte>> Segments(ReadOnlyMemory<byte> message) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(message, out ArraySegment<byte> array)
            ? [array]
            : [message.ToArray()];

    private static void Skip(List<ArraySegment<byte>> parts, int sent)
    {
        while (parts.Count > 0 && sent >= parts[0].Count)
        {
            sent -= parts[0].Count;
            parts.RemoveAt(0);
        }

        if (sent > 0)
        {
            parts[0] = parts[0][sent..];
        }
    }

    private void ReceiveAll()
    {
        try
        {
            using NetworkStream stream = new(_socket, ownsSocket: false);
            byte[] length = new byte[sizeof(int)];
            while (true)
            {
                stream.ReadExactly(length);
                int count = BinaryPrimitives.ReadInt32LittleEndian(length);
                if (count is < 0 or > LongestMessage)
                {
                    throw new IOException($"it sends a message of {count} bytes");
                }

                byte[] message = GC.AllocateUninitializedArray<byte>(count);
                stream.ReadExactly(message);
                _received.Add(message);
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException or SocketException)
        {
            _end = end;
            _received.CompleteAdding();
        }
    }
}
