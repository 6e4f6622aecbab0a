using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Rates;

/// <summary>Rates over sockets. The handlers wait for the test, so that nothing depends on the speed of the machine.
/// </summary>
[Collection(SocketsCollection.Name)]
public sealed class RateSocketTests
{
    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_flooding_peer_is_slowed_down_and_an_honest_one_answered(TransportKind kind)
    {
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions
            {
                Transport = kind,
                Rates = new RateSettings { AverageMessagesPerSecond = 1 },
            },
            static protocol => protocol
                .OnRequest<Text, Text>(static (request, _) => request)
                .OnNotify(Blob.TypeCode, static (_, _) => { }));
        await using P2PNode flooder = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind });
        await using P2PNode honest = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind });
        Peer fromFlooder = await flooder.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);
        Peer fromHonest = await honest.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);

        // Far more than the window and the queue hold: the last of them wait until the flooder is cancelled.
        using CancellationTokenSource over = new();
        Task[] flood = [.. Enumerable.Range(0, 200).Select(_ => EndAsync(
            flooder.TellAsync(fromFlooder, new Blob(new byte[20_000]), cancellationToken: over.Token)))];
        while (server.Statistics.LimitedPeers == 0)
        {
            await honest.AskAsync<Text>(fromHonest, new Text("still there?")).WaitAsync(Waits.Guard);
        }

        Assert.Contains(flood, static tell => !tell.IsCompleted);
        Assert.Equal(2, server.Peers.Count);
        await over.CancelAsync();
        await Task.WhenAll(flood).WaitAsync(Waits.Guard);
    }

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_flood_of_pings_is_refused(Network network) => Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        await raw.SendAsync([.. Enumerable.Range(0, 2 * ControlAllowance.Reserve).SelectMany(
            static i => RawPeer.Frame(FrameKind.Ping, id: (ulong)i))]);
        await arena.ExpectRefusalAsync(raw, DisconnectReason.TooManyControlFrames);
    });

    private static async Task EndAsync(Task tell)
    {
        try
        {
            await tell;
        }
        catch (OperationCanceledException)
        {
            // The scenario is over.
        }
    }
}
