using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>Raw bytes over TCP.</summary>
internal sealed class SocketWire(Socket socket) : IRawWire
{
    public PeerAddress LocalAddress { get; } = PeerAddress.From((IPEndPoint)socket.LocalEndPoint!);

    public static async Task<SocketWire> DialAsync(PeerAddress address)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port);
        return new SocketWire(socket);
    }

    public async Task SendAsync(byte[] bytes)
    {
        try
        {
            await socket.SendAsync(bytes);
        }
        catch (SocketException)
        {
            // The node has reset the connection; what it sent before must still be read.
        }
    }

    public async Task<int> ReceiveAsync(byte[] buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    public void Reset() => socket.Close(timeout: 0);

    public void Dispose() => socket.Dispose();
}
