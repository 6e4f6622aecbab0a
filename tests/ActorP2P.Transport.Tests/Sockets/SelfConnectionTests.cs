using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Transport.Tests;

[Collection(SocketCollection.Name)]
public sealed class SelfConnectionTests
{
    [Fact]
    public void A_socket_that_is_connected_to_itself_is_refused()
    {
        // A socket that is bound to the port that it dials connects to itself every time. An unbound socket does so
        // once in thousands of times.
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint port = socket.LocalEndPoint!;
        socket.Connect(port);
        SocketTransport transport = new(new SocketTransportSettings(), TimeProvider.System);

        SocketException refused = Assert.Throws<SocketException>(() => transport.Connect(socket));

        Assert.Equal(TransportFault.Refused, refused.ToTransportError().Fault);
        socket.Dispose();
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(port);
        listener.Listen();
    }
}
