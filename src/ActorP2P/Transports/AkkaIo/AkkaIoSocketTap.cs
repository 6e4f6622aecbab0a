using System.Net.Sockets;
using Akka.IO;

namespace ActorP2P;

/// <summary>
/// Gives access to the socket of an accepted connection, for operations without a message of Akka.IO, such as reading
/// how many bytes the peer has acknowledged.
/// </summary>
internal sealed class AkkaIoSocketTap : Inet.SocketOption
{
    // Akka.IO calls this on the same thread on which it then reports the connection. The receiver of the report takes
    // the socket there.
    [ThreadStatic]
    private static Socket? t_socket;

    private AkkaIoSocketTap()
    {
    }

    public static AkkaIoSocketTap Instance { get; } = new();

    /// <summary>
    /// The socket of the connection that Akka.IO is reporting to the caller; null if Akka.IO did not call this object.
    /// </summary>
    public static Socket? Take()
    {
        Socket? socket = t_socket;
        t_socket = null;
        return socket;
    }

    public override void AfterConnect(Socket s) => t_socket = s;
}
