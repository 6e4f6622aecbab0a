using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>
/// A process that only holds connections, either of a node or raw ones. It prints its port. For each order <c>more
/// N</c> it waits for N more connections and prints the managed and the resident bytes that it holds.
/// </summary>
internal static class HolderHost
{
    /// <summary>Serves on the calling thread, which must not be a thread of the pool.</summary>
    public static void Run(bool node, int most)
    {
        if (node)
        {
            P2PNode held = P2PNode.StartAsync(NodeWithPeers.Settings(most)).GetAwaiter().GetResult();
            int expected = 0;
            Serve(held.ListenAddresses[0].Port, more => NodeWithPeers.UntilAsync(held, expected += more));
            held.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        else
        {
            using Socket listener = RawSocket.Listen();
            List<(Socket Socket, SocketAsyncEventArgs Receive)> held = [];
            Counter accepted = new();
            _ = AcceptAsync(listener, held, accepted);
            int expected = 0;
            Serve(((IPEndPoint)listener.LocalEndPoint!).Port, more => accepted.ReachAsync(expected += more));
            GC.KeepAlive(held);
        }
    }

    private static void Serve(int port, Func<int, Task> untilMore)
    {
        Answer(port.ToString(CultureInfo.InvariantCulture));
        while (Console.In.ReadLine()?.Split(' ') is [_, string more])
        {
            untilMore(int.Parse(more, CultureInfo.InvariantCulture)).GetAwaiter().GetResult();
            for (int i = 0; i < 2; i++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }

            Answer(
                FormattableString.Invariant(
                    $"{GC.GetTotalMemory(forceFullCollection: true)} {Environment.WorkingSet}"));
        }
    }

    private static async Task AcceptAsync(
        Socket listener, List<(Socket Socket, SocketAsyncEventArgs Receive)> held, Counter accepted)
    {
        try
        {
            while (true)
            {
                Socket socket = await listener.AcceptAsync();
                SocketAsyncEventArgs receive = new(true);
                socket.ReceiveAsync(receive);
                held.Add((socket, receive));
                accepted.Add(1);
            }
        }
        catch (SocketException)
        {
            // The listener was disposed because the process ends.
        }
    }

    private static void Answer(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
