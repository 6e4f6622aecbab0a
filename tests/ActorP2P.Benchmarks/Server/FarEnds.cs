using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Many connections whose far ends do nothing but count bytes, so that what is measured is the near end.
/// </summary>
internal sealed class FarEnds : IDisposable
{
    // Enough to keep the near end busy, and far below the handshakes that a node has open at a time.
    private const int AtATime = 16;

    private static long s_number;

    private readonly FarEnd[] _ends;

    private FarEnds(FarEnd[] ends) => _ends = ends;

    /// <summary>Connects to a port of this machine.</summary>
    /// <param name="port">Where to.</param>
    /// <param name="count">How often.</param>
    /// <param name="handshake">
    /// Whether the near end wants to be greeted and to be granted credit, as a node does.
    /// </param>
    /// <param name="counting">Whether to read what comes, which takes a buffer for each.</param>
    public static async Task<FarEnds> ConnectAsync(int port, int count, bool handshake, bool counting)
    {
        FarEnd[] ends = new FarEnd[count];
        IPEndPoint address = new(IPAddress.Loopback, port);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (i, _) =>
        {
            Socket socket = await RawSocket.ConnectAsync(address);

            // Closed with a reset: the ports are free at once, and thousands of connections can follow each other.
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
