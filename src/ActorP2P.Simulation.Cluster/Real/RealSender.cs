namespace ActorP2P.Simulation;

/// <summary>Sends the messages of workloads from real nodes.</summary>
internal sealed class RealSender(
    RealFigures figures, IReadOnlyDictionary<int, RealAddress> addresses, Random random)
{
    /// <summary>Sends a message.</summary>
    public async Task SendAsync(P2PNode sender, RealStep step)
    {
        try
        {
            if (step.Work!.Kind == WorkloadKind.Broadcasts)
            {
                await sender.BroadcastAsync(new SpreadNews(step.Number, step.Bytes));
            }
            else if (await FindPeerAsync(sender, step.Other) is { } peer)
            {
                await SendAsync(sender, peer, step);
            }
        }
        catch (P2PException)
        {
            // The figures count it.
        }
    }

    private async Task SendAsync(P2PNode sender, Peer peer, RealStep step)
    {
        Workload work = step.Work!;
        WorkBody body = new(step.Number, 0, Math.Max(WorkBody.HeadSize, step.Bytes));
        switch (work.Kind)
        {
            case WorkloadKind.Asks:
                await AskAsync(sender, peer, new WorkAsk(body with { Wanted = work.AnswerBytes }), work.AskTimeout);
                break;
            case WorkloadKind.Notifies:
                await sender.TellAsync(peer, new WorkNotify(body));
                break;
            case WorkloadKind.MalformedNotifies:
                await sender.TellAsync(peer, new MalformedNotify(body));
                break;
            default:
                figures.BeginStream();
                await WorkloadRun.StreamAsync(
                    sender, peer, new WorkBody(step.Number, 0, WorkBody.HeadSize), step.Bytes);
                figures.EndStream();
                break;
        }
    }

    private async Task AskAsync(P2PNode sender, Peer peer, WorkAsk ask, TimeSpan timeout)
    {
        bool isAnswered = false;
        figures.BeginAsk();
        try
        {
            await sender.AskAsync<WorkAnswer>(peer, ask, new SendOptions { Timeout = timeout });
            isAnswered = true;
        }
        finally
        {
            figures.EndAsk(isAnswered);
        }
    }

    private async Task<Peer?> FindPeerAsync(P2PNode sender, int? other)
    {
        if (other is { } number)
        {
            return await sender.ConnectAsync(addresses[number].Parse());
        }

        IReadOnlyList<Peer> peers = sender.Peers;
        lock (random)
        {
            return peers.Count == 0 ? null : peers[random.Next(peers.Count)];
        }
    }
}
