using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The sockets of the baseline. Nagle's algorithm is off; every other option has the system's default.
/// </summary>
internal static class RawSocket
{
    private const int Backlog = 512;

    public static Socket Listen()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(Backlog);
        return socket;
    }

    public static async Task<Socket> ConnectAsync(IPEndPoint address)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        return socket;
    }
}
