using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>Binds a socket for listening.</summary>
internal static class SocketBinding
{
    /// <summary>Binds the address and listens. <c>::</c> stands for both address families.</summary>
    /// <exception cref="SocketException">
    /// The address is in use, is not allowed, or does not belong to this machine.
    /// </exception>
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
