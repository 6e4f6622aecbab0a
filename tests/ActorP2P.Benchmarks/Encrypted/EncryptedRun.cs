using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>
/// What encryption costs: bytes beside a bare SslStream over the same kind of socket, connections, and what an idle one
/// holds. Both ends are in this process, so its processor time is that of both sides. The samples of all sides
/// alternate, and the figures are medians.
/// </summary>
internal static class EncryptedRun
{
    private const int Connections = 200;
    private static readonly TimeSpan s_duration = TimeSpan.FromMilliseconds(300);

    /// <summary>Measures and prints the figures.</summary>
    /// <param name="rounds">Samples of each side.</param>
    /// <param name="bytesOnly">Whether to leave out the connections.</param>
    public static async Task RunAsync(int rounds, bool bytesOnly)
    {
        foreach (int size in (int[])[1024, 64 * 1024])
        {
            await SendAsync(size, rounds);
        }

        foreach (TransportKind kind in bytesOnly ? [] : (TransportKind[])[TransportKind.Sockets, TransportKind.AkkaIo])
        {
            foreach (Encryption encryption in (Encryption[])[Encryption.Off, Encryption.Required])
            {
                string name = $"{BenchTransport.NameOf(kind)}-{(encryption == Encryption.Off ? "plain" : "tls")}";
                await ConnectAsync(name, kind, encryption, rounds);
            }
        }
    }

    private static async Task SendAsync(int size, int rounds)
    {
        // Each with what it is compared to, by its place in the list.
        (string Name, int Baseline, EncryptedLink Link)[] sides =
        [
            ("bare-tls", 0, await BareTls.ConnectAsync(size)),
            ("sockets-tls", 0, await NodeLink.ConnectAsync(TransportKind.Sockets, Encryption.Required, size)),
            ("akka-io-tls", 0, await NodeLink.ConnectAsync(TransportKind.AkkaIo, Encryption.Required, size)),
            ("sockets-plain", 0, await NodeLink.ConnectAsync(TransportKind.Sockets, Encryption.Off, size)),
            ("bare-akka-io", 4, await BareAkkaIo.ConnectAsync(size)),
            ("akka-io-plain", 4, await NodeLink.ConnectAsync(TransportKind.AkkaIo, Encryption.Off, size)),
        ];
        List<double>[] samples = [.. sides.Select(_ => new List<double>())];
        foreach (var side in sides)
        {
            await side.Link.SendAsync(TimeSpan.FromSeconds(1));
        }

        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < sides.Length; i++)
            {
                TimeSpan before = Environment.CpuUsage.TotalTime;
                long messages = await sides[i].Link.SendAsync(s_duration);
                samples[i].Add((Environment.CpuUsage.TotalTime - before).TotalNanoseconds / messages);
            }
        }

        for (int i = 0; i < sides.Length; i++)
        {
            List<double> bare = samples[sides[i].Baseline];
            List<double> ratios = [.. bare.Zip(samples[i], static (baseline, own) => baseline / own)];
            Say($"oneway-{size}-{sides[i].Name}-cpu-ns/msg={MedianOf(samples[i]):0} least={samples[i].Min():0}");
            Say($"    {sides[sides[i].Baseline].Name}/this={MedianOf(ratios):0.00}");
            Say($"    range={ratios.Min():0.00}..{ratios.Max():0.00} of-least={bare.Min() / samples[i].Min():0.00}");
            await sides[i].Link.DisposeAsync();
        }
    }

    private static async Task ConnectAsync(string name, TransportKind kind, Encryption encryption, int rounds)
    {
        List<double> cpu = [];
        List<double> rate = [];
        List<double> held = [];
        for (int round = 0; round <= rounds; round++)
        {
            P2PNodeOptions options = OptionsOf(kind, encryption, Connections);
            await using P2PNode server = await P2PNode.StartAsync(options);
            P2PNode[] clients = new P2PNode[4];
            for (int i = 0; i < clients.Length; i++)
            {
                clients[i] = await P2PNode.StartAsync(options with { Listen = null });
            }

            // The nodes, and one connection each, bring code and pools into memory that belong to no connection.
            long before = GC.GetTotalMemory(forceFullCollection: true);
            TimeSpan used = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            await DialAsync(server, clients, Connections);
            await NodeWithPeers.UntilAsync(server, Connections);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            TimeSpan spent = Environment.CpuUsage.TotalTime - used;
            long holds = GC.GetTotalMemory(forceFullCollection: true) - before;
            foreach (P2PNode client in clients)
            {
                await client.DisposeAsync();
            }

            if (round > 0)
            {
                // The first round is the warm-up.
                cpu.Add(spent.TotalMicroseconds / Connections);
                rate.Add(Connections / seconds);
                held.Add((double)holds / (2 * Connections));
            }
        }

        Say($"connect-{name}-cpu-us-of-both-sides={MedianOf(cpu):0} per-second={MedianOf(rate):0}");
        Say($"idle-{name}-managed-B-of-one-side={MedianOf(held):0}");
    }

    // A node keeps one connection to an address, so each dials as many addresses of the loopback network.
    private static Task DialAsync(P2PNode server, P2PNode[] clients, int connections)
    {
        int port = server.ListenAddresses[0].Port;
        return Task.WhenAll(clients.Select(async (client, index) =>
        {
            for (int i = index; i < connections; i += clients.Length)
            {
                await client.ConnectAsync(new PeerAddress($"127.0.{i / 250}.{1 + (i % 250)}", port));
            }
        }));
    }

    private static P2PNodeOptions OptionsOf(TransportKind kind, Encryption encryption, int peers) => new()
    {
        NetworkId = "bench",
        Transport = kind,
        Encryption = encryption,
        Listen = new PeerAddress("0.0.0.0", 0),
        MaxConnections = peers + 16,
        Session = new SessionSettings { PingAfter = TimeSpan.FromHours(1) },
    };

    private static double MedianOf(List<double> samples)
    {
        double[] sorted = [.. samples.Order()];
        return sorted[sorted.Length / 2];
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
