using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// The traffic of one life of a node: it sends messages and checks those that it receives. It dies with the node.
/// </summary>
internal sealed class TrafficSource(Cluster cluster, ClusterNode node, TrafficSettings settings)
{
    // One message in ten is large and the others are small, as in real meshes, so that every run has fragments.
    private const int LargeOneIn = 10;

    private static readonly Lane[] Lanes = [Lane.High, Lane.Normal, Lane.Bulk];

    private readonly Random _random = cluster.World.CreateRandom(node.Key, node.Incarnation, "traffic");
    private readonly int _life = node.Incarnation;
    private readonly HashSet<(int Origin, int Life, long Sequence)> _notices = [];
    private readonly HashSet<(int Origin, int Life, long Sequence)> _news = [];
    private readonly Dictionary<(long Link, Lane Lane), (int Life, long Sequence)> _lastNotice = [];
    private long _sequence;
    private bool _stopped;

    public ClusterNode Node => node;

    public void Register(ProtocolBuilder protocol) => protocol
        .OnRequest<TrafficAsk, TrafficAnswer>(static (ask, _) => new TrafficAnswer(ask.Body))
        .OnNotify<TrafficNotice>((notice, context) => TakeNotice(notice.Body, context.Peer))
        .OnBroadcast<TrafficNews>((news, _) => TakeNews(news.Body));

    public void Start() => cluster.World.SynchronizationContextOf(node.Key).Post(_ => _ = SpeakAsync(), null);

    public void Stop() => _stopped = true;

    private async Task SpeakAsync()
    {
        while (true)
        {
            await Task.Delay(settings.Pause * (2 * _random.NextDouble()), node.TimeProvider);
            if (_stopped || !node.IsUp)
            {
                return;
            }

            await SpeakOnceAsync(node.Node);
        }
    }

    private async Task SpeakOnceAsync(P2PNode speaker)
    {
        IReadOnlyList<Peer> peers = speaker.Peers;
        if (peers.Count == 0)
        {
            return;
        }

        Peer peer = peers[_random.Next(peers.Count)];
        Lane lane = Lanes[_random.Next(Lanes.Length)];
        int filling = _random.Next(_random.Next(LargeOneIn) == 0 ? settings.LargeBytes : settings.SmallBytes);
        TrafficBody body = new(node.Key, _life, ++_sequence, lane, filling);
        try
        {
            switch (_random.Next(4))
            {
                case 0:
                    await speaker.TellAsync(peer, new TrafficNotice(body), new SendOptions { Lane = lane });
                    break;
                case 1:
                    await speaker.BroadcastAsync(new TrafficNews(body), new SendOptions { Lane = lane });
                    break;
                default:
                    _ = AskAsync(peer, body);
                    break;
            }
        }
        catch (SendException)
        {
            // The peer has gone since it was chosen. The next message goes to another one.
        }
    }

    private async Task AskAsync(Peer peer, TrafficBody body)
    {
        try
        {
            TrafficAnswer answer = await node.AskAsync<TrafficAnswer>(
                peer, new TrafficAsk(body), new SendOptions { Timeout = settings.AskTimeout, Lane = body.Lane },
                mustBeAnswered: true);
            if (answer.Body != body)
            {
                cluster.Fail(
                    "NoResponseLost", $"{node.Name} asked {body} and was answered {answer.Body}.", [node], null);
            }
        }
        catch (AskException)
        {
            // The failure is recorded with the ask; the checkers decide what it means.
        }
    }

    private void TakeNotice(TrafficBody body, Peer peer)
    {
        if (!_notices.Add((body.Origin, body.Life, body.Sequence)))
        {
            Fail("NothingTwice", $"{node.Name} was told {body} twice, the second time over {peer}.", body.Origin);
        }

        if (_lastNotice.TryGetValue((peer.ConnectionId, body.Lane), out (int Life, long Sequence) last)
            && (body.Life, body.Sequence).CompareTo(last) <= 0)
        {
            Fail("LaneOrder", $"{node.Name} was told {body} after {last} over one connection.", body.Origin);
        }

        _lastNotice[(peer.ConnectionId, body.Lane)] = (body.Life, body.Sequence);
    }

    private Verdict TakeNews(TrafficBody body)
    {
        if (!_news.Add((body.Origin, body.Life, body.Sequence)))
        {
            Fail("NothingTwice", $"{node.Name} handled {body} twice.", body.Origin);
        }

        return Verdict.Accept;
    }

    private void Fail(string checker, string what, int origin) =>
        cluster.Fail(checker, what, [node, cluster.Nodes[origin]], null);
}
