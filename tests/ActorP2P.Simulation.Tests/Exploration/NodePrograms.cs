using System.Globalization;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests.Exploration;

/// <summary>
/// Programs of nodes that showed bugs once. The bugs are corrected; <c>ActorP2P.Undone.Tests</c> runs the same programs
/// on a build without the corrections.
/// </summary>
internal static class NodePrograms
{
    public const string InOrder = "notifies are handled in their order";
    public const string AllArrive = "every broadcast arrives";

    /// <summary>
    /// One handler may run, so some notifies wait for theirs while others arrive: each is a segment of its own.
    /// </summary>
    public static async Task NotifiesWaitForHandlersAsync(ExploredRun run)
    {
        int last = 0;
        IActorRef worker = ActorRefs.Nobody;
        await using ExploredPair pair = await ExploredPair.StartAsync(
            run,
            new LinkConditions { SegmentBytes = 40 },
            static options => options with { MaxConcurrentHandlers = 1 },
            protocol => protocol.OnNotify<Text>(async (text, _) =>
            {
                int number = int.Parse(text.Value, CultureInfo.InvariantCulture);
                Claim.Always(number == last + 1, InOrder);
                last = number;
                await worker.Ask<int>(number, Timeout.InfiniteTimeSpan);
            }));
        worker = pair.Server.ActorSystem.ActorOf(Props.Create(() => new Worker()), "worker");
        for (int number = 1; number <= 6; number++)
        {
            await pair.Client.TellAsync(pair.Peer, new Text($"{number}"));
        }

        await run.Pass(TimeSpan.FromSeconds(1));
    }

    /// <summary>One node sends more broadcasts at once than the other's queue can take.</summary>
    public static async Task BroadcastsAreSentAtOnceAsync(ExploredRun run)
    {
        const int Count = 2_060;
        int arrived = 0;
        await using ExploredPair pair = await ExploredPair.StartAsync(
            run,
            new LinkConditions(),
            static options => options,
            protocol => protocol.OnBroadcast<Text>((_, _) =>
            {
                arrived++;
                return Verdict.Accept;
            }));
        string text = new('x', 1_000);
        await Task.WhenAll(Enumerable.Range(0, Count).Select(
            number => pair.Client.BroadcastAsync(new Text($"{number} {text}"))));
        await run.Pass(TimeSpan.FromSeconds(20));
        Claim.Always(arrived == Count, AllArrive);
    }

    private sealed class Worker : ReceiveActor
    {
        public Worker() => Receive<int>(number => Sender.Tell(number));
    }
}
