using System.Globalization;
using System.Net;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>The second process, as the first one sees it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly ChildProcess _child;

    private ServerProcess(ChildProcess child, string ports)
    {
        _child = child;
        int[] both = [.. ports.Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        Node = new PeerAddress("127.0.0.1", both[0]);
        Raw = new IPEndPoint(IPAddress.Loopback, both[1]);
    }

    public PeerAddress Node { get; }

    public IPEndPoint Raw { get; }

    public static async Task<ServerProcess> StartAsync()
    {
        ChildProcess child = ChildProcess.Start("serve");
        return new ServerProcess(child, await child.AnswerAsync());
    }

    /// <summary>Sends an order and waits until it is carried out.</summary>
    public Task<string> OrderAsync(string order) => _child.OrderAsync(order);

    /// <summary>The resources that the second process has used since its start.</summary>
    public async Task<Usage> UsageAsync()
    {
        string[] fields = (await OrderAsync("usage")).Split(' ');
        return new Usage(
            TimeSpan.FromTicks(long.Parse(fields[0], CultureInfo.InvariantCulture)),
            long.Parse(fields[1], CultureInfo.InvariantCulture));
    }

    public void Dispose() => _child.Dispose();
}
