using ActorP2P.Protocol;
using ActorP2P.TestKit;
using Xunit.Abstractions;

namespace ActorP2P.Tests.Flow;

/// <summary>Peers that accept little or nothing: what they cost, and whom they delay.</summary>
public sealed class SlowPeersTests(ITestOutputHelper output)
{
    private const int Length = 900_000;
    private const int MiB = 1024 * 1024;
    private const int Kept = 4 * MiB;

    /// <summary>
    /// Whatever is broadcast, a peer that reads nothing costs at most its send queue, one message, and the dropped
    /// broadcasts that are kept for it.
    /// </summary>
    [Fact]
    public void A_peer_that_never_reads_costs_bounded_memory_and_no_delay()
    {
        (long held, TimeSpan slowest) = Broadcast(silent: true);
        (long heldWhenAllRead, TimeSpan usual) = Broadcast(silent: false);

        output.WriteLine(
            $"held {held} bytes, {heldWhenAllRead} when all read; slowest ask {slowest.TotalMilliseconds:0.00} and "
            + $"{usual.TotalMilliseconds:0.00} ms");

        // Buffers have a power of two as length: 1 MiB for each message, and the reading peer holds one more.
        Assert.InRange(held - heldWhenAllRead, Kept, (2 * MiB) + Kept);
        Assert.InRange(held, MiB + Kept, (3 * MiB) + Kept);
        Assert.InRange(slowest, usual, 1.2 * usual);
    }

    /// <summary>
    /// The peer reads something each time the node checks, and answers pings; without a bound it would stay for ever.
    /// </summary>
    [Fact]
    public void A_peer_that_reads_a_byte_a_second_is_bounded()
    {
        long held = 0;
        TimeSpan? ended = null;
        List<Task> tells = [];
        Cluster.Of(["a", "b"])
            .LinkedBy(new LinkConditions { WindowBytes = 64 * 1024 })
            .WithSettings(
                settings => settings with { Session = settings.Session with { PongTimeout = TimeSpan.FromDays(1) } })
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                using NodeEvents events = cluster["a"].Node.Events();
                cluster.Faults.ReadRate("b", 1);
                tells.AddRange(
                    Enumerable.Range(0, 200).Select(_ => cluster["a"].TellAsync("b", new Blob(new byte[60_000]))));
                Task<PeerDisconnected> gone = events.ReadAsync<PeerDisconnected>().AsTask();
                while (!gone.IsCompleted)
                {
                    held = Math.Max(held, cluster["a"].Node.Statistics.HeldBytes);
                    await cluster.Delay(TimeSpan.FromSeconds(1));
                }

                ended = cluster.World.Now;
                Assert.Equal(DisconnectReason.SlowReader, (await gone).Reason);
                foreach (Task tell in tells)
                {
                    await IgnoreAsync(tell);
                }
            }, TimeSpan.FromHours(2));

        Assert.InRange(ended!.Value, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(75));
        Assert.InRange(held, MiB, 200 * 60_000);
        Assert.Contains(tells, tell => tell.IsCompletedSuccessfully);
        Assert.Contains(
            tells, tell => tell.Exception?.InnerException is SendException { Reason: SendFailure.NotConnected });
    }

    /// <summary>A pending write must not keep a node from stopping.</summary>
    [Fact]
    public void A_node_stops_in_time_though_a_peer_reads_nothing()
    {
        TimeSpan took = TimeSpan.Zero;
        Cluster.Of(["a", "b"]).Unlinked().Run(async cluster =>
        {
            await cluster["b"].ConnectAsync("a");
            await cluster.UntilAsync(() => cluster["a"].Node.Peers.Count == 1, "b is a peer of a");
            cluster.Faults.ReadRate("b", 0);
            for (int i = 0; i < 10; i++)
            {
                await cluster["a"].BroadcastAsync(new Blob(new byte[Length]));
            }

            TimeSpan asked = cluster.World.Now;
            await cluster["a"].Node.DisposeAsync();
            took = cluster.World.Now - asked;
            cluster.Faults.ReadRate("b", null);
        });

        Assert.InRange(took, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
    }

    /// <summary>Node a broadcasts to b and to c, which may read nothing, while d asks a all the time.</summary>
    /// <returns>The most bytes that a held, and the time of the slowest ask.</returns>
    private static (long Held, TimeSpan Slowest) Broadcast(bool silent)
    {
        int count = Scale.Of(64, 1_200);
        long held = 0;
        int heard = 0;
        TimeSpan slowest = TimeSpan.Zero;
        Cluster.Of(["a", "b", "c", "d"])
            .WithSettings(settings => settings with
            {
                DroppedBudget = Kept,
                Session = settings.Session with
                {
                    NoProgressTimeout =
                        TimeSpan.FromHours(1), CreditTimeout =
                            TimeSpan.FromHours(1), PongTimeout = TimeSpan.FromHours(1),
                },
            })
            .Unlinked()
            .Where("a", protocol => protocol.OnRequest<Text, Text>((text, _) => text))
            .Where("b", protocol => protocol.OnBroadcast<Blob>((_, _) =>
            {
                heard++;
                return Verdict.Ignore;
            }))
            .Where("c", protocol => protocol.OnBroadcast<Blob>((_, _) => Verdict.Ignore))
            .Run(async cluster =>
            {
                foreach (string peer in (string[])["b", "c", "d"])
                {
                    await cluster[peer].ConnectAsync("a");
                }

                await cluster.UntilAsync(() => cluster["a"].Node.Peers.Count == 3, "all are peers of a");
                if (silent)
                {
                    cluster.Faults.ReadRate("c", 0);
                }

                for (int i = 0; i < count; i++)
                {
                    await cluster["a"].BroadcastAsync(new Blob(new byte[Length]));
                    TimeSpan asked = cluster.World.Now;
                    await cluster["d"].AskAsync<Text>("a", new Text("still there?"));
                    TimeSpan took = cluster.World.Now - asked;
                    slowest = took > slowest ? took : slowest;
                    int sent = i + 1;
                    await cluster.UntilAsync(() => heard == sent, "b has heard it");
                    held = Math.Max(held, cluster["a"].Node.Statistics.HeldBytes);
                }
            });
        return (held, slowest);
    }

    private static async Task IgnoreAsync(Task tell)
    {
        try
        {
            await tell;
        }
        catch (SendException)
        {
            // The test looks at the outcome.
        }
    }
}
