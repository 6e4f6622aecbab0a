using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Cli.Tests;

/// <summary>Ports that nobody used a moment ago.</summary>
internal static class FreePorts
{
    public static IReadOnlyList<int> Take(int count)
    {
        TcpListener[] listeners =
            [.. Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, static listener => listener.Start());
        int[] ports = [.. listeners.Select(static listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(listeners, static listener => listener.Dispose());
        return ports;
    }
}
