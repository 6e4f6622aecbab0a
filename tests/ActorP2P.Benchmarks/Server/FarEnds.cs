using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>Many connections whose far ends do nothing but count bytes, so that what is measured is the sender.</summary>
internal sealed class FarEnds : IDisposable
{
    private readonly FarEnd[] _ends;

    private FarEnds(FarEnd[] ends) => _ends = ends;

    /// <summary>Connects to a port of this machine.</summary>
    /// <param name="port">Where to.</param>
    /// <param name="count">How often.</param>
    /// <param name="handshake">Whether there is a node, which wants to be greeted and to be granted credit.</param>
    public static async Task<FarEnds> ConnectAsync(int port, int count, bool handshake)
    {
        FarEnd[] ends = new FarEnd[count];
        for (int i = 0; i < count; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
            if (handshake)
            {
                await Handshake.DoAsync(socket, (ulong)i + 1);
            }

            ends[i] = new FarEnd(socket);
            ends[i].Start();
        }

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
