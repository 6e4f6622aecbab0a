using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>Managed bytes that a quiet connection holds: all of its PeerActor, against a socket with a receive under way.</summary>
internal sealed class IdleMeasure(ServerProcess server, int connections) : Measure
{
    public override IReadOnlyList<string> Names { get; } = ["idle-connection-B"];

    public override int Repetitions => 3;

    public override TimeSpan WarmUp => TimeSpan.FromMilliseconds(1);

    public override async Task<double[]> NodeAsync()
    {
        P2PSettings settings = new() { NetworkId = "bench", MaxConnections = connections + 1, MaxHalfOpen = connections + 1 };
        await using P2PNode node = await P2PNode.StartAsync(settings);
        long before = Managed();
        await server.OrderAsync($"hold {node.ListenAddresses[0].Port} {connections} node");
        while (node.Peers.Count < connections)
        {
            await Task.Delay(1);
        }

        long after = Managed();
        await server.OrderAsync("disconnect");
        return [(after - before) / (double)connections];
    }

    public override async Task<double[]> RawAsync()
    {
        using Socket listener = RawSocket.Listen();
        long before = Managed();
        await server.OrderAsync($"connect {((IPEndPoint)listener.LocalEndPoint!).Port} {connections} raw");
        List<(Socket Socket, SocketAsyncEventArgs Receive)> idle = [];
        for (int i = 0; i < connections; i++)
        {
            SocketAsyncEventArgs receive = new(true);
            Socket socket = await listener.AcceptAsync();
            socket.ReceiveAsync(receive);
            idle.Add((socket, receive));
        }

        long after = Managed();
        idle.ForEach(connection =>
        {
            connection.Socket.Dispose();
            connection.Receive.Dispose();
        });
        await server.OrderAsync("disconnect");
        return [(after - before) / (double)connections];
    }

    private static long Managed()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
