namespace ActorP2P.Simulation.Tests;

public sealed class HandlerOrderTests
{
    private const int ReplyBytes = 700_000;

    [Fact]
    public void A_message_never_overtakes_one_that_waits_for_its_handler()
    {
        List<int> handled = [];
        Cluster.Of(["asked", "asker"])
            .LinkedBy(new LinkConditions { Latency = TimeSpan.FromMilliseconds(5), BytesPerSecond = 200_000 })

            // There is plenty of credit, so the replies wait only for the link, and room becomes free in the middle of
            // a write.
            .WithSettings(settings => settings with { Session = settings.Session with { CreditWindow = 8 << 20 } })
            .Where("asked", protocol => protocol
                .OnRequest<Text, Text>((_, _) => new Text(new string('.', ReplyBytes)))
                .OnNotify<Text>((text, _) => handled.Add(int.Parse(text.Value))))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                ClusterNode asker = cluster["asker"];
                Peer asked = asker.FindPeer("asked")!;

                // There are more replies than the send queue accepts, so the remaining handlers wait until the asker
                // has read some. In the meantime the link transfers the replies slowly, and tells arrive all the time.
                Task<Text>[] asks = [.. Enumerable.Range(0, 4).Select(_ =>
                    asker.AskAsync<Text>("asked", new Text("?"), new() { Timeout = TimeSpan.FromMinutes(2) }))];
                for (int i = 0; i < 1500; i++)
                {
                    await asker.Node.TellAsync(asked, new Text($"{i}"));
                    await cluster.Delay(TimeSpan.FromMilliseconds(10));
                }

                await Task.WhenAll(asks);
            });

        Assert.Equal(Enumerable.Range(0, 1500), handled);
    }
}
