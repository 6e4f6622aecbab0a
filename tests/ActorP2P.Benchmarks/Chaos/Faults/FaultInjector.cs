using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>Causes faults one after the other and records what each of them disturbs.</summary>
/// <param name="cluster">The processes.</param>
/// <param name="tally">The record of all faults.</param>
/// <param name="random">The source of all choices: which node is hit and for how long.</param>
internal sealed class FaultInjector(ChaosCluster cluster, FaultTally tally, Random random)
{
    private const int BurstPeers = 200;
    private const int BlockedHandlers = 3;
    private const int LongMessages = 8;

    // This node is never killed or restarted, so that its leaks add up over the whole run.
    private const int Eldest = 0;

    private static readonly TimeSpan s_obeyWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_while = TimeSpan.FromSeconds(2);

    // Connections that a fault has cut need some time to come back. Asks that fail within this time are expected to
    // fail.
    private const long Aftermath = 2_000;

    /// <summary>Causes one fault and waits until it is over.</summary>
    /// <exception cref="ChaosFailedException">A node did not react to the fault as it should.</exception>
    public Task InjectAsync(ChaosFault fault) => fault switch
    {
        ChaosFault.Suspend => SuspendAsync(),
        ChaosFault.Kill => RestartAsync(fault, keepPort: false, cluster.KillAsync),
        ChaosFault.PortReuse => RestartAsync(fault, keepPort: true, cluster.KillAsync),
        ChaosFault.Stop => RestartAsync(fault, keepPort: random.Next(2) == 0, cluster.StopAsync),
        ChaosFault.Cut => DisturbAsync(fault, random.Next(ChaosCluster.Nodes), CutAsync),
        ChaosFault.Descriptors => DisturbAsync(fault, Younger(), TakeDescriptorsAsync),
        ChaosFault.Memory => DisturbAllAsync(fault, SendLongMessagesAsync),
        ChaosFault.Dns => DisturbAsync(fault, random.Next(ChaosCluster.Nodes), MoveAsync),
        ChaosFault.Burst => DisturbAsync(fault, random.Next(ChaosSettings.SmallNode), BurstAsync),
        ChaosFault.Block => RestartAsync(fault, keepPort: false, BlockAndStopAsync),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private int Younger() => random.Next(1, ChaosCluster.Nodes);

    private Task DisturbAllAsync(ChaosFault fault, Func<Task> disturb) => NoteAsync(
        fault, [.. Enumerable.Range(0, ChaosCluster.Nodes)], disturb);

    private Task DisturbAsync(ChaosFault fault, int node, Func<int, Task> disturb) =>
        NoteAsync(fault, [node], () => disturb(node));

    private async Task NoteAsync(ChaosFault fault, IReadOnlyList<int> nodes, Func<Task> disturb)
    {
        long from = Environment.TickCount64;
        await disturb();
        tally.Count(fault);
        foreach (int node in nodes)
        {
            tally.Add(new FaultSpan(fault, node, from, Environment.TickCount64 + Aftermath));
        }
    }

    private Task RestartAsync(ChaosFault fault, bool keepPort, Func<int, Task> end) => DisturbAsync(
        fault, Younger(), node => RestartAsync(node, keepPort, end));

    private async Task RestartAsync(int node, bool keepPort, Func<int, Task> end)
    {
        int port = keepPort ? cluster[node].Port : 0;
        await end(node);
        await cluster.StartAsync(node, port);
        await cluster.TellNamesAsync();
        await cluster[node].RequireAsync("live", s_obeyWithin);
    }

    /// <summary>
    /// Suspends a process. The suspension is longer than the pong timeout of node 0 and shorter than that of the other
    /// nodes.
    /// </summary>
    private async Task SuspendAsync()
    {
        bool eldest = random.Next(2) == 0;
        int node = eldest ? Eldest : Younger();
        TimeSpan time = eldest ? ChaosSettings.ShortPongTimeout + s_while : s_while * (1 + random.NextDouble());
        long from = Environment.TickCount64;
        int process = cluster[node].Id;
        Unix.Suspend(process);
        try
        {
            await Task.Delay(time);
        }
        finally
        {
            Unix.Resume(process);
        }

        tally.Count(ChaosFault.Suspend);
        tally.Add(new FaultSpan(ChaosFault.Suspend, node, from, Environment.TickCount64 + Aftermath));
    }

    private Task CutAsync(int node)
    {
        cluster.Proxies[node].Cut();
        return Task.Delay(s_moment);
    }

    private async Task TakeDescriptorsAsync(int node)
    {
        ChaosProcess process = cluster[node];
        ulong used = ulong.Parse(await process.OrderAsync("descriptors", s_obeyWithin), CultureInfo.InvariantCulture);
        ulong before = Unix.LimitDescriptors(process.Id, used + (ulong)random.Next(1, 4));
        try
        {
            // Some of these connections find no descriptor at the other end. All of them are closed again.
            using SocketCrowd crowd = await SocketCrowd.ConnectAsync(process.Port, count: 20, greet: false);
            await Task.Delay(s_while);
        }
        finally
        {
            if (!process.HasExited)
            {
                Unix.LimitDescriptors(process.Id, before);
            }
        }

        // The process may end a moment after its last line.
        await Task.Delay(s_moment);
        if (process.WasEndedByRuntime)
        {
            tally.CountRuntimeEnd();
            await cluster.ReviveAsync(node);
            await cluster.TellNamesAsync();
            await cluster[node].RequireAsync("live", s_obeyWithin);
        }
        else if (process.HasExited)
        {
            throw new ChaosFailedException($"node {node} has ended because it had no descriptors, {process.Ending}");
        }
    }

    private async Task SendLongMessagesAsync()
    {
        foreach (int node in Enumerable.Range(0, ChaosCluster.Nodes).Where(node => node != ChaosSettings.SmallNode))
        {
            int bytes = ChaosSettings.SmallMaxMessage - random.Next(1, 500_000);
            await cluster[node].RequireAsync(
                $"ask {ChaosSettings.SmallNode} {LongMessages} {bytes} {bytes}", s_obeyWithin);
        }

        await Task.Delay(s_while);
    }

    private async Task MoveAsync(int node)
    {
        cluster.Proxies[node].Move();
        await Task.Delay(s_moment);
        await cluster.TellNamesAsync();
    }

    private async Task BurstAsync(int node)
    {
        using SocketCrowd crowd = await SocketCrowd.ConnectAsync(cluster[node].Port, BurstPeers, greet: true);
        await Task.Delay(s_moment);
        if (crowd.Ready == 0)
        {
            throw new ChaosFailedException($"node {node} accepted none of {BurstPeers} peers that connected at once");
        }

        if (crowd.CutAfterReady() is > 0 and int cut)
        {
            throw new ChaosFailedException($"node {node} cut {cut} of {crowd.Ready} peers that it had accepted");
        }
    }

    private async Task BlockAndStopAsync(int node)
    {
        int asker = (node + 1) % ChaosCluster.Nodes;
        await cluster[asker].RequireAsync($"ask {node} {BlockedHandlers} 0 -1", s_obeyWithin);
        await Task.Delay(s_moment);
        await cluster.StopAsync(node);
    }
}
