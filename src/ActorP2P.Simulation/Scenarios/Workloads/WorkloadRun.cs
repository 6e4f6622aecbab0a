using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>The messages of one workload in one run. The seed and the workload's name decide all of them.</summary>
internal sealed class WorkloadRun(Workload work, Cluster cluster, Spread spread, WorkloadTally tally)
{
    private const int StreamPiece = 16 * 1024;

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);

    private readonly Random _random = cluster.World.CreateRandom(
        SimulatedWorld.DriverNode, 0, $"workload {work.Name}");
    private IReadOnlyList<string> _from = [];
    private IReadOnlyList<string>? _to;
    private int _number;

    /// <summary>Registers the handlers of all workloads on a node.</summary>
    public static void Register(ProtocolBuilder protocol) => protocol
        .OnRequest<WorkAsk, WorkAnswer>(static (ask, _) => new WorkAnswer(
            new WorkBody(ask.Body.Number, 0, Math.Max(WorkBody.HeadSize, ask.Body.Wanted))))
        .OnNotify<WorkNotify>(static (_, _) => { })
        .OnNotify<MalformedNotify>(static (_, _) => { })
        .OnStream<WorkStream>(static async (_, stream, context) =>
        {
            byte[] buffer = new byte[StreamPiece];
            while (await stream.ReadAsync(buffer, context.CancellationToken) > 0)
            {
                // Only the end matters.
            }
        });

    /// <summary>Sends all messages.</summary>
    public async Task PlayAsync()
    {
        _from = work.From.Pick(static _ => true, _random);
        _to = work.To?.Pick(static _ => true, _random);
        TimeSpan due = work.Start;
        while (true)
        {
            due += work.IsPoisson ? work.Every * -Math.Log(1 - _random.NextDouble()) : work.Every;
            if (due > work.End)
            {
                return;
            }

            // A timer has whole milliseconds; what is due within one is sent together.
            if (due - cluster.World.Now is { } wait && wait >= s_tick)
            {
                await cluster.Delay(TimeSpan.FromMilliseconds(Math.Floor(wait.TotalMilliseconds)));
            }

            Send();
        }
    }

    /// <summary>
    /// Chooses who sends what to whom. All choices but that among a node's peers are made here, from the timeline
    /// alone, because the node may run in another part of the world.
    /// </summary>
    private void Send()
    {
        string[] up = [.. _from.Where(name => cluster[name].IsExpected)];
        if (up.Length == 0)
        {
            return;
        }

        int bytes = work.LeastBytes + _random.Next(work.MostBytes - work.LeastBytes + 1);
        ClusterNode sender = cluster[up[_random.Next(up.Length)]];
        if (work.Kind == WorkloadKind.Broadcasts)
        {
            spread.Send(cluster, sender, bytes);
            return;
        }

        string[] others = [.. (_to ?? []).Where(name => cluster[name].IsExpected && name != sender.Name)];
        int choice = _random.Next();
        int number = _number++;
        if (_to is null || others.Length > 0)
        {
            string? other = _to is null ? null : others[choice % others.Length];
            cluster.On(sender, () => SendAsync(sender, other, choice, number, bytes));
        }
    }

    private async Task SendAsync(ClusterNode sender, string? other, int choice, int number, int bytes)
    {
        try
        {
            if (sender.IsUp && await FindPeerAsync(sender, other, choice) is { } peer)
            {
                await SendAsync(sender, peer, number, bytes);
            }
        }
        catch (Exception expected) when (expected is P2PException or NodeKilledException)
        {
            // The figures count it.
        }
    }

    private async Task SendAsync(ClusterNode sender, Peer peer, int number, int bytes)
    {
        WorkBody body = new(number, 0, Math.Max(WorkBody.HeadSize, bytes));
        if (work.Kind == WorkloadKind.Asks)
        {
            await sender.AskAsync<WorkAnswer>(
                peer, new WorkAsk(body with { Wanted = work.AnswerBytes }),
                new SendOptions { Timeout = work.AskTimeout });
        }
        else if (work.Kind == WorkloadKind.Notifies)
        {
            await sender.Node.TellAsync(peer, new WorkNotify(body));
        }
        else if (work.Kind == WorkloadKind.MalformedNotifies)
        {
            await sender.Node.TellAsync(peer, new MalformedNotify(body));
        }
        else
        {
            tally.Begin();
            await StreamAsync(sender.Node, peer, new WorkBody(number, 0, WorkBody.HeadSize), bytes);
            tally.Complete();
        }
    }

    /// <summary>Sends a stream, and waits until the peer has read it.</summary>
    public static async Task StreamAsync(P2PNode sender, Peer peer, WorkBody head, int bytes)
    {
        await using PeerStream stream = await sender.OpenStreamAsync(peer, new WorkStream(head), Lane.Bulk);
        byte[] piece = new byte[StreamPiece];
        for (int left = bytes; left > 0; left -= Math.Min(left, piece.Length))
        {
            await stream.WriteAsync(piece.AsMemory(0, Math.Min(left, piece.Length)));
        }

        await stream.CompleteWritingAsync();
        while (await stream.ReadAsync(piece) > 0)
        {
            // The receiver ends its side when it has read everything.
        }
    }

    /// <summary>The node that gets the message, or a peer; null when there is none.</summary>
    private static async Task<Peer?> FindPeerAsync(ClusterNode sender, string? other, int choice)
    {
        if (other is not null)
        {
            return sender.FindPeer(other) ?? await sender.ConnectAsync(other);
        }

        IReadOnlyList<Peer> peers = sender.Node.Peers;
        return peers.Count == 0 ? null : peers[choice % peers.Count];
    }
}
