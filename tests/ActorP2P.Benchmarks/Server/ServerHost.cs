using System.Globalization;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The second process: a node and a raw server that count and echo, and raw far ends, some of which count, grouped by
/// port, and some of which are only held open. It reads orders line by line from standard input, answers each with one
/// line, and ends when its input ends.
/// </summary>
internal sealed class ServerHost
{
    private readonly Counter _node = new();
    private readonly Counter _raw = new();
    private readonly List<(string Port, FarEnds Ends)> _far = [];

    /// <summary>
    /// Serves on the calling thread, which must not be a thread of the pool: reading standard input blocks, and on two
    /// cores the pool would have only one thread left for everything that is measured.
    /// </summary>
    public static void Run()
    {
        ServerHost host = new();
        P2PNode node = P2PNode.StartAsync(
            BenchTransport.Options, protocol => protocol
            .OnRequest<Packet, Packet>((request, _) => request)
            .OnNotify<Packet>((_, _) => host._node.Add(1))
            .OnNotify(RawPacket.TypeCode, (_, _) => host._node.Add(1))).GetAwaiter().GetResult();
        using RawServer raw = new(host._raw);
        Answer($"{node.ListenAddresses[0].Port} {raw.Port}");
        while (Console.In.ReadLine() is { } line)
        {
            Answer(host.ObeyAsync(line.Split(' ')).GetAwaiter().GetResult());
        }

        host.Disconnect(_ => true);
        node.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private async Task<string> ObeyAsync(string[] order)
    {
        switch (order)
        {
            case ["reset"]:
                _node.Reset();
                _raw.Reset();
                _far.ForEach(far => far.Ends.Reset());

                return "ok";
            case ["await", "node", string count]:
                await _node.ReachAsync(Number(count));
                return "ok";
            case ["await", "raw", string count]:
                await _raw.ReachAsync(Number(count));
                return "ok";
            case ["await", "far", string port, string bytes]:
                await _far.Single(far => far.Port == port).Ends.ReachAsync(Number(bytes));
                return "ok";
            case ["usage"]:
                return $"{Environment.CpuUsage.TotalTime.Ticks} {GC.GetTotalAllocatedBytes(precise: true)}";
            case ["connect", string port, string count, string handshake]:
                _far.Add((port, await ConnectAsync(port, count, handshake, counting: true)));
                return "ok";
            case ["hold", string port, string count, string handshake]:
                _far.Add((port, await ConnectAsync(port, count, handshake, counting: false)));
                return "ok";
            case ["disconnect", string port]:
                Disconnect(far => far.Port == port);
                return "ok";
            default:
                return $"unknown order: {string.Join(' ', order)}";
        }
    }

    private static Task<FarEnds> ConnectAsync(string port, string count, string handshake, bool counting) =>
        FarEnds.ConnectAsync((int)Number(port), (int)Number(count), handshake == "node", counting);

    private void Disconnect(Predicate<(string Port, FarEnds Ends)> which)
    {
        _far.FindAll(which).ForEach(far => far.Ends.Dispose());
        _far.RemoveAll(which);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static void Answer(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
