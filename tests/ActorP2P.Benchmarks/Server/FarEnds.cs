using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>Many connections whose far ends only count bytes, so that only the near end is measured.</summary>
internal sealed class FarEnds : IDisposable
{
    // This is enough to keep the near end busy, and far below the number of handshakes that a node allows at a time.
    private const int AtATime = 16;

    private static long s_number;

    private readonly FarEnd[] _ends;

    private FarEnds(FarEnd[] ends) => _ends = ends;

    /// <summary>Connects to a port of this machine.</summary>
    /// <param name="port">The port.</param>
    /// <param name="count">The number of connections.</param>
    /// <param name="handshake">Whether the far end does the handshake of a node and grants credit.</param>
    /// <param name="counting">Whether the far end reads what arrives, which takes a buffer for each connection.</param>
    public static async Task<FarEnds> ConnectAsync(int port, int count, bool handshake, bool counting)
    {
        FarEnd[] ends = new FarEnd[count];
        IPEndPoint address = new(IPAddress.Loopback, port);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (i, _) =>
        {
            Socket socket = await RawSocket.ConnectAsync(address);

            // A reset closes the connection and frees its port at once, so that thousands of connections can follow
            // each other.
            socket.LingerState = new LingerOption(true, 0);
            if (handshake)
            {
                await Handshake.DoAsync(socket, (ulong)Interlocked.Increment(ref s_number));
            }

            ends[i] = new FarEnd(socket);
            if (counting)
            {
                ends[i].Start();
            }
        });
        return new FarEnds(ends);
    }

    public void Reset()
    {
        foreach (FarEnd end in _ends)
        {
            end.Counter.Reset();
        }
    }

    public Task ReachAsync(long bytes) => Task.WhenAll(_ends.Select(end => end.Counter.ReachAsync(bytes)));

    public void Dispose()
    {
        foreach (FarEnd end in _ends)
        {
            end.Dispose();
        }
    }
}
