using System.Net.Sockets;

namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// Reads one socket of the baseline. Frames are read in place; the asks of one read are answered with one write.
/// </summary>
internal sealed class RawReceiver(Socket socket, Arrivals arrivals) : IDisposable
{
    // Room for the longest frame, and for as much again to be read beside it.
    private const int BufferBytes = 2 * 66 * 1024;

    private readonly byte[] _input = new byte[BufferBytes];
    private readonly byte[] _output = new byte[BufferBytes];

    public async Task RunAsync()
    {
        int filled = 0;
        try
        {
            while (await socket.ReceiveAsync(_input.AsMemory(filled)) is > 0 and int bytes)
            {
                filled += bytes;
                int answers = Take(ref filled);
                if (answers > 0)
                {
                    await socket.SendAsync(_output.AsMemory(0, answers));
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One of the two sides has closed the connection because the measure is over.
        }
    }

    public void Dispose() => socket.Dispose();

    private int Take(ref int filled)
    {
        int start = 0;
        int written = 0;
        while (RawFrame.TryRead(_input.AsSpan(start, filled - start), out ReadOnlySpan<byte> payload, out bool isAsk))
        {
            if (isAsk)
            {
                written += RawFrame.Write(_output.AsSpan(written), payload, isAsk: true);
            }
            else
            {
                arrivals.Take(payload);
            }

            start += RawFrame.HeaderBytes + payload.Length;
        }

        _input.AsSpan(start, filled - start).CopyTo(_input);
        filled -= start;
        return written;
    }
}
