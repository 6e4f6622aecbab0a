using System.Globalization;
using System.Net;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The process of one node of a chaos run. It reads orders line by line and answers each with one line.
/// </summary>
internal sealed class ChaosHost
{
    // Each blocked handler occupies a thread, and the runtime is slow to add others.
    private const int PoolThreads = 16;

    private static readonly TimeSpan s_endsWithin = TimeSpan.FromSeconds(40);

    private readonly ChaosHostOptions _options;
    private readonly LedgerWriter _ledger;
    private readonly ChaosNameTable _names = new();
    private readonly P2PNode _node;
    private readonly ChaosTraffic _traffic;
    private readonly ManualResetEventSlim _never = new();

    private ChaosHost(ChaosHostOptions options)
    {
        _options = options;
        _ledger = new LedgerWriter(options.Ledger, options.Node, options.Incarnation);
        Obey(Console.In.ReadLine()!.Split(' '));
        _node = P2PNode.StartAsync(
            ChaosSettings.Of(options),
            protocol => protocol
                .OnRequest<ChaosQuestion, ChaosAnswer>((question, _) => Serve(question))
                .OnNotify<ChaosNotice>((notice, _) => _ledger.Write(LedgerEntryKind.Heard, notice.Id, ""))
                .OnBroadcast<ChaosNews>((news, _) => Hear(news)),
            new P2PNodeServices
            {
                Transport = new ChaosTransport(_names, options.Bug),
                LoggerFactory = new LedgerLog(_ledger),
                Identity = NodeIdentity.WithoutKey(ChaosNames.IdOf(options.Node)),
            }).GetAwaiter().GetResult();
        _traffic = new ChaosTraffic(_node, options, _ledger);
        _ = NoteEventsAsync(_node.Events(capacity: 65_536));
    }

    /// <summary>Serves on the calling thread, which must not be a thread of the pool.</summary>
    public static void Run(ChaosHostOptions options)
    {
        ThreadPool.SetMinThreads(PoolThreads, PoolThreads);
        LoadedAssemblies.LoadAll();
        ChaosHost host = new(options);
        Answer($"{host._node.ListenAddresses[0].Port}");
        while (Console.In.ReadLine() is { } line)
        {
            Answer(host.ObeyAsync(line.Split(' ')).GetAwaiter().GetResult());
            if (line == "stop")
            {
                break;
            }
        }
    }

    private ChaosAnswer Serve(ChaosQuestion question)
    {
        if (question.ReplyBytes < 0)
        {
            _never.Wait();
        }

        _ledger.Write(LedgerEntryKind.Served, question.Id, "");
        return new ChaosAnswer(question.Id, question.ReplyBytes);
    }

    private Verdict Hear(ChaosNews news)
    {
        _ledger.Write(LedgerEntryKind.News, news.Id, "");
        return Verdict.Accept;
    }

    private void Obey(string[] order)
    {
        if (order[0] == "names")
        {
            for (int node = 1; node < order.Length; node++)
            {
                _names.Set(ChaosNames.HostOf(node - 1), IPAddress.Parse(order[node]));
            }
        }
    }

    private async Task<string> ObeyAsync(string[] order)
    {
        switch (order)
        {
            case ["names", ..]:
                Obey(order);
                return "ok";
            case ["live"]:
                _traffic.Start();
                return "ok";
            case ["quiet"]:
                return await _traffic.EndAsync(s_endsWithin) ? "ok" : $"{_traffic.Open} promises have not ended";
            case ["met"]:
                return Others().All(other => PeerOf(other) is not null) ? "ok" : "not yet";
            case ["probe"]:
                return await ProbeAsync();
            case ["ask", string to, string count, string body, string reply]:
                AskMany(Number(to), Number(count), Number(body), Number(reply));
                return "ok";
            case ["sample"]:
                return await SampleAsync();
            case ["descriptors"]:
                return $"{Directory.GetFiles("/proc/self/fd").Length}";
            case ["stop"]:
                _traffic.Stop();
                await _node.DisposeAsync();
                bool ended = await _traffic.EndAsync(s_endsWithin);
                _ledger.Write(LedgerEntryKind.Stopped, 0, "");
                return ended ? "ok" : $"{_traffic.Open} promises have not ended";
            default:
                return $"unknown order: {string.Join(' ', order)}";
        }
    }

    /// <summary>
    /// Sends one ask and one tell to every other node while nothing is disturbed. All of them must succeed.
    /// </summary>
    private async Task<string> ProbeAsync()
    {
        const int times = 15;
        List<Task<bool>> asks = [];
        foreach (int other in Others())
        {
            if (PeerOf(other) is not { } peer)
            {
                return $"node {other} is no peer";
            }

            for (int i = 0; i < times; i++)
            {
                asks.Add(_traffic.AskAsync(peer, other, i, i));
                asks.Add(_traffic.TellAsync(peer, other, i));
            }
        }

        asks.Add(_traffic.BroadcastAsync(0));
        bool[] outcomes = await Task.WhenAll(asks);
        int failed = outcomes.Count(succeeded => !succeeded);
        return failed == 0 ? "ok" : $"{failed} of {outcomes.Length} undisturbed promises failed";
    }

    private void AskMany(int to, int count, int body, int reply)
    {
        for (int i = 0; i < count && PeerOf(to) is { } peer; i++)
        {
            _ = _traffic.AskAsync(peer, to, body, reply);
        }
    }

    /// <summary>The resources that the process holds beyond what each peer needs.</summary>
    private async Task<string> SampleAsync()
    {
        // Sessions that drain are no longer listed as peers, but they hold their sockets for some time.
        SoakSample sample = SoakSample.Take();
        int descriptors = int.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            sample = SoakSample.Take();
            descriptors = Math.Min(descriptors, sample.Descriptors - _node.Peers.Count);
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }

        return new ChaosSample(descriptors, sample.Threads, sample.Managed).ToLine();
    }

    private async Task NoteEventsAsync(NodeEvents events)
    {
        await foreach (NodeEvent nodeEvent in events)
        {
            if (nodeEvent is PeerDisconnected gone)
            {
                int? node = ChaosNames.NodeOf(gone.Peer, _options.Nodes);
                _ledger.Write(LedgerEntryKind.Down, 0, $"{node} {gone.End.Reason} {gone.End.Side}");
            }
        }
    }

    private IEnumerable<int> Others() => Enumerable.Range(0, _options.Nodes).Where(other => other != _options.Node);

    private Peer? PeerOf(int other) =>
        _node.Peers.FirstOrDefault(peer => ChaosNames.NodeOf(peer, _options.Nodes) == other);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Answer(string line)
    {
        Console.Out.WriteLine($"{ChaosProcess.AnswerPrefix}{line}");
        Console.Out.Flush();
    }
}
