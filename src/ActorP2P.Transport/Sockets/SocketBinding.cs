using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>Binds a socket that is to listen.</summary>
internal static class SocketBinding
{
    /// <summary>Binds and listens; <c>::</c> stands for both families.</summary>
    /// <exception cref="SocketException">The address is in use, not allowed, or not of this machine.</exception>
    public static Socket Bind(IPEndPoint address, int backlog)
    {
        Socket socket = SocketTransport.CreateSocket(address.AddressFamily);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(address);
            socket.Listen(backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
