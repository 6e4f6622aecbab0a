using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>The process that floods another one from many connections. Its orders are <c>start</c> and <c>stop</c>.
/// </summary>
internal static class FlooderHost
{
    /// <summary>Serves on the calling thread, which must not be a thread of the pool.</summary>
    public static void Run()
    {
        List<Flooder> flooders = [];
        ChildOrders.Serve("ready", async order =>
        {
            switch (order)
            {
                case ["start", string port, string count, string side]:
                    IPEndPoint address = new(IPAddress.Loopback, Number(port));
                    for (int i = Number(count); i > 0; i--)
                    {
                        Socket socket = await RawSocket.ConnectAsync(address);
                        socket.LingerState = new LingerOption(true, 0);
                        flooders.Add(new Flooder(socket));
                        await flooders[^1].OpenAsync(side == "node", (ulong)i);
                    }

                    flooders.ForEach(static flooder => flooder.Start());
                    return "ok";
                case ["stop"]:
                    int cut = flooders.Count(static flooder => flooder.IsCut);
                    flooders.ForEach(static flooder => flooder.Dispose());
                    flooders.Clear();
                    return $"{cut}";
                default:
                    return $"unknown order: {string.Join(' ', order)}";
            }
        });
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
