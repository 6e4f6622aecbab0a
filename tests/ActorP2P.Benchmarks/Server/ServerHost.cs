using System.Globalization;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The second process: a node and a raw server that count and echo, and raw far ends for broadcasts. Takes orders line by line
/// on standard input, answers each with one line, and ends with its input.
/// </summary>
internal sealed class ServerHost
{
    private readonly Counter _node = new();
    private readonly Counter _raw = new();
    private FarEnds? _far;

    public static Task RunAsync() => new ServerHost().ServeAsync();

    private async Task ServeAsync()
    {
        await using P2PNode node = await P2PNode.StartAsync(new P2PSettings { NetworkId = "bench" }, protocol => protocol
            .OnRequest<Packet, Packet>((request, _) => request)
            .OnNotify<Packet>((_, _) => _node.Add(1))
            .OnNotify(RawPacket.TypeCode, (_, _) => _node.Add(1)));
        using RawServer raw = new(_raw);
        Answer($"{node.ListenAddresses[0].Port} {raw.Port}");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Answer(await ObeyAsync(line.Split(' ')));
        }

        _far?.Dispose();
    }

    private async Task<string> ObeyAsync(string[] order)
    {
        switch (order)
        {
            case ["reset"]:
                _node.Reset();
                _raw.Reset();
                _far?.Reset();
                return "ok";
            case ["await", "node", string count]:
                await _node.ReachAsync(Number(count));
                return "ok";
            case ["await", "raw", string count]:
                await _raw.ReachAsync(Number(count));
                return "ok";
            case ["await", "far", string bytes]:
                await _far!.ReachAsync(Number(bytes));
                return "ok";
            case ["usage"]:
                return $"{Environment.CpuUsage.TotalTime.Ticks} {GC.GetTotalAllocatedBytes(precise: true)}";
            case ["connect", string port, string count, string handshake]:
                _far = await FarEnds.ConnectAsync((int)Number(port), (int)Number(count), handshake == "node");
                return "ok";
            case ["disconnect"]:
                _far?.Dispose();
                _far = null;
                return "ok";
            default:
                return $"unknown order: {string.Join(' ', order)}";
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static void Answer(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
