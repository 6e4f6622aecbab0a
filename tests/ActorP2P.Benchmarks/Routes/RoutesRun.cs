using System.Diagnostics;
using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>
/// What it costs to lead requests to an actor, against a handler that is a delegate: the processor time of a whole ask,
/// of both sides, in one process over loopback. The forms take turns, so that they meet the same load.
/// </summary>
internal static class RoutesRun
{
    private const int PayloadBytes = 32;

    // A dispatcher of the host's own, as an application gives one to actors that must not wait for others.
    private const string Config =
        "akka { loglevel = WARNING, stdout-loglevel = WARNING }\n"
        + "own { type = ForkJoinDispatcher, throughput = 30, dedicated-thread-pool.thread-count = 2 }";

    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(400);
    private static readonly int[] s_inFlight = [1, 64];

    /// <summary>Measures each form in so many rounds, and prints the medians.</summary>
    public static async Task RunAsync(int rounds)
    {
        using ActorSystem system = ActorSystem.Create("routes", Config);
        RouteForm[] forms =
        [
            await StartAsync("delegate", system, static protocol => protocol
                .OnRequest<Packet, Packet>(static (packet, _) => packet)),
            await StartAsync("delegate, inline", system, static protocol => protocol
                .OnRequest<Packet, Packet>(static (packet, _) => packet, HandlerExecution.Inline)),
            await StartAsync("actor", system, protocol => protocol.OnRequest<Packet, Packet>()
                .RouteTo(system.ActorOf(Props.Create<Echo>(), "echo"))),
            await StartAsync("actor, own dispatcher", system, protocol => protocol.OnRequest<Packet, Packet>()
                .RouteTo(system.ActorOf(Props.Create<Echo>().WithDispatcher("own"), "own-echo"))),
        ];
        foreach (RouteForm form in forms)
        {
            await SampleAsync(form, s_inFlight[^1]);
        }

        foreach (int inFlight in s_inFlight)
        {
            List<double>[] cpu = [.. forms.Select(static _ => new List<double>())];
            List<double>[] bytes = [.. forms.Select(static _ => new List<double>())];
            for (int round = 0; round < rounds; round++)
            {
                for (int form = 0; form < forms.Length; form++)
                {
                    Usage perAsk = await SampleAsync(forms[form], inFlight);
                    cpu[form].Add(perAsk.Cpu.TotalMicroseconds);
                    bytes[form].Add(perAsk.Allocated);
                }
            }

            for (int form = 0; form < forms.Length; form++)
            {
                string range = string.Create(
                    CultureInfo.InvariantCulture, $"({cpu[form].Min():0.0} to {cpu[form].Max():0.0})");
                string name = $"{inFlight,3} in flight  {forms[form].Name,-22}";
                Print($"{name} {Median.Of(cpu[form]),6:0.0} us {range,-16} {Median.Of(bytes[form]),6:0} B");
            }
        }

        foreach (RouteForm form in forms)
        {
            await form.DisposeAsync();
        }
    }

    private static async Task<RouteForm> StartAsync(
        string name, ActorSystem system, Action<ProtocolBuilder> protocol)
    {
        P2PNodeOptions options = new() { NetworkId = "bench", Transport = BenchTransport.Kind };
        P2PNode server = await P2PNode.StartAsync(options, protocol, new P2PNodeServices { ActorSystem = system });
        P2PNode client = await P2PNode.StartAsync(options with { Listen = null });
        return new RouteForm(name, server, client, await client.ConnectAsync(server.ListenAddresses[0]));
    }

    /// <summary>What one ask uses.</summary>
    private static async Task<Usage> SampleAsync(RouteForm form, int inFlight)
    {
        Usage before = Usage.Now();
        long start = Stopwatch.GetTimestamp();
        long[] asks = await Task.WhenAll(
            Enumerable.Range(0, inFlight).Select(_ => Task.Run(() => AskAsync(form, start))));
        Usage used = Usage.Now() - before;
        return new Usage(used.Cpu / asks.Sum(), used.Allocated / asks.Sum());
    }

    private static async Task<long> AskAsync(RouteForm form, long start)
    {
        Packet question = new(new byte[PayloadBytes]);
        long asks = 0;
        while (Stopwatch.GetElapsedTime(start) < Duration)
        {
            await form.Client.AskAsync<Packet>(form.Peer, question);
            asks++;
        }

        return asks;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<Packet>(packet => Sender.Tell(packet));
    }
}
