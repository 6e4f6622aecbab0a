using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>One dial with sockets.</summary>
internal sealed class SocketDial(
    SocketTransport transport, PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout,
    TimeProvider time,
    IDialSink sink)
    : RacingDial<Socket>(transport.Settings, address, except, timeout, time, sink)
{
    protected override async Task<Socket> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        Socket socket = SocketTransport.CreateSocket(address.AddressFamily);
        try
        {
            SocketTransport.Configure(socket);
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    protected override IConnection Take(Socket connected) => transport.Connect(connected);
}
