using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>
/// A process that holds a number of silent sockets open to a port. Each dials again a second after the other side has
/// ended it. It prints how many sockets it has dialled and holds.
/// </summary>
internal static class CrowdHost
{
    private const int AtATime = 64;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly SemaphoreSlim s_dials = new(AtATime);
    private static long s_dialled;
    private static int s_open;

    /// <summary>Serves on the calling thread, which must not be a thread of the pool.</summary>
    public static void Run(int port, int size)
    {
        IPEndPoint address = new(IPAddress.Loopback, port);
        for (int i = 0; i < size; i++)
        {
            _ = BesiegeAsync(address);
        }

        ChildOrders.Serve("ready", static order => Task.FromResult(order is ["count"]
            ? $"{Interlocked.Read(ref s_dialled)} {Volatile.Read(ref s_open)}"
            : $"unknown order: {string.Join(' ', order)}"));
    }

    private static async Task BesiegeAsync(IPEndPoint address)
    {
        byte[] nothing = new byte[256];
        while (true)
        {
            await s_dials.WaitAsync();
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.LingerState = new LingerOption(true, 0);
            bool isOpen = false;
            try
            {
                try
                {
                    await socket.ConnectAsync(address);
                }
                finally
                {
                    s_dials.Release();
                }

                Interlocked.Increment(ref s_dialled);
                Interlocked.Increment(ref s_open);
                isOpen = true;
                while (await socket.ReceiveAsync(nothing) > 0)
                {
                }
            }
            catch (SocketException)
            {
                // Refused or reset. It dials again.
            }

            if (isOpen)
            {
                Interlocked.Decrement(ref s_open);
            }

            socket.Dispose();
            await Task.Delay(s_pause);
        }
    }
}
