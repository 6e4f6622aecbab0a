using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The receiving side of the baseline. There is one loop for each socket, and frames are parsed in place. The requests
/// of one read are echoed with one write; notifies are counted.
/// </summary>
internal sealed class RawServer : IDisposable
{
    /// <summary>The same size as the node's receive slabs.</summary>
    private const int BufferBytes = 66 * 1024;

    private readonly Socket _listener = RawSocket.Listen();
    private readonly Counter _counter;

    public RawServer(Counter counter)
    {
        _counter = counter;
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

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
            // The listener was disposed because the process ends.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        byte[] input = new byte[BufferBytes];
        byte[] output = new byte[BufferBytes];
        int filled = 0;
        try
        {
            while (await socket.ReceiveAsync(input.AsMemory(filled)) is > 0 and int bytes)
            {
                filled += bytes;
                int replies = Take(input, ref filled, output);
                if (replies > 0)
                {
                    await socket.SendAsync(output.AsMemory(0, replies));
                }
            }
        }
        catch (SocketException)
        {
            // The first process has cut the connection because the measure is over.
        }

        socket.Dispose();
    }

    private int Take(byte[] input, ref int filled, byte[] output)
    {
        int start = 0;
        int written = 0;
        long counted = 0;
        while (filled - start >= FrameHeader.Size)
        {
            FrameHeader header = FrameHeader.Read(input.AsSpan(start));
            int size = FrameHeader.Size + (int)header.Length;
            if (filled - start < size)
            {
                break;
            }

            if (header.Kind == FrameKind.Request)
            {
                (header with { Kind = FrameKind.Response }).Write(output.AsSpan(written));
                input.AsSpan(start + FrameHeader.Size, (int)header.Length).CopyTo(
                    output.AsSpan(written + FrameHeader.Size));
                written += size;
            }
            else
            {
                counted++;
            }

            start += size;
        }

        input.AsSpan(start, filled - start).CopyTo(input);
        filled -= start;
        if (counted > 0)
        {
            _counter.Add(counted);
        }

        return written;
    }
}
