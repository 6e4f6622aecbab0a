using System.Net.Sockets;
using Akka.IO;

namespace ActorP2P;

/// <summary>
/// Gives access to the socket of an accepted connection, for what Akka.IO has no message for, such as the bytes that
/// the peer has acknowledged.
/// </summary>
internal sealed class AkkaIoSocketTap : Inet.SocketOption
{
    // Akka.IO calls this on the thread on which it then reports the connection; the receiver of that report takes the
    // socket there.
    [ThreadStatic]
    private static Socket? t_socket;

    private AkkaIoSocketTap()
    {
    }

    public static AkkaIoSocketTap Instance { get; } = new();

    /// <summary>The socket of the connection that the caller is being told of; null if Akka.IO has not lent
    /// it.</summary>
    public static Socket? Take()
    {
        Socket? socket = t_socket;
        t_socket = null;
        return socket;
    }

    public override void AfterConnect(Socket s) => t_socket = s;
}
