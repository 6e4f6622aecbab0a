using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>The sockets that the second process has connected for the baseline.</summary>
internal sealed class RawConnections : IAsyncDisposable
{
    private readonly ServerProcess _server;

    private RawConnections(ServerProcess server, int port, Socket[] sockets)
    {
        _server = server;
        Port = port;
        Sockets = sockets;
    }

    /// <summary>The port to which they are connected. It identifies their far ends.</summary>
    public int Port { get; }

    public IReadOnlyList<Socket> Sockets { get; }

    public static async Task<RawConnections> AcceptAsync(ServerProcess server, int count)
    {
        using Socket listener = RawSocket.Listen();
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        Task connected = server.OrderAsync($"connect {port} {count} raw");
        Socket[] sockets = new Socket[count];
        for (int i = 0; i < count; i++)
        {
            sockets[i] = await listener.AcceptAsync();
            sockets[i].NoDelay = true;
        }

        await connected;
        return new RawConnections(server, port, sockets);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.OrderAsync($"disconnect {Port}");
        foreach (Socket socket in Sockets)
        {
            socket.Dispose();
        }
    }
}
