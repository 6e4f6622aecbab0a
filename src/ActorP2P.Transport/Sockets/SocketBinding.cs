using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>Binds sockets to all addresses of a host, at one port.</summary>
internal static class SocketBinding
{
    // The system chose a free port of the first address; that somebody has it on the next one is rare, eight times over.
    private const int MaxTries = 8;

    /// <summary>
    /// Binds and listens. Addresses that this machine does not have are left out: a file of hosts often names
    /// <c>::1</c> where there is no IPv6.
    /// </summary>
    /// <exception cref="SocketException">One is in use or not allowed, or none is left.</exception>
    public static IReadOnlyList<Socket> Bind(IPAddress[] addresses, int port, int backlog)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return BindOnce(addresses, port, backlog);
            }
            catch (SocketException exception)
                when (port == 0 && tries < MaxTries && exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // With the next port that the system chooses.
            }
        }
    }

    private static List<Socket> BindOnce(IPAddress[] addresses, int port, int backlog)
    {
        List<Socket> bound = [];
        SocketException? missing = null;
        try
        {
            foreach (IPAddress address in addresses)
            {
                try
                {
                    bound.Add(BindOne(address, port, backlog));
                    port = ((IPEndPoint)bound[^1].LocalEndPoint!).Port;
                }
                catch (SocketException exception) when (exception.SocketErrorCode
                    is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
                {
                    missing = exception;
                }
            }
        }
        catch
        {
            bound.ForEach(static socket => socket.Dispose());
            throw;
        }

        return bound.Count > 0 ? bound : throw missing!;
    }

    private static Socket BindOne(IPAddress address, int port, int backlog)
    {
        Socket socket = SocketTransport.CreateSocket(address.AddressFamily);
        try
        {
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(address, port));
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
