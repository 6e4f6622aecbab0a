namespace ActorP2P.Tests;

public sealed class RawNotifyTests
{
    [Fact]
    public void Notifies_reach_a_raw_handler_in_order_and_unchanged()
    {
        List<byte[]> taken = [];
        ClientAndServer.Of(protocol => protocol
            .OnNotify(Blob.TypeCode, (_, payload) => taken.Add(payload.ToArray()))).Run(async cluster =>
        {
            (P2PNode a, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);

            await a.TellAsync(peer, new Blob([1, 2, 3]));
            await a.TellAsync(peer, new Blob(new byte[200_000]));
            await a.TellAsync(peer, new Blob([]));
            await cluster.Delay(TimeSpan.FromSeconds(1));
        });

        Assert.Equal([3, 200_000, 0], taken.Select(bytes => bytes.Length));
        Assert.Equal([1, 2, 3], taken[0]);
    }

    [Fact]
    public void A_raw_handler_that_throws_loses_only_its_message()
    {
        int taken = 0;
        ClientAndServer.Of(protocol => protocol
            .OnRequest<Text, Text>((request, _) => request)
            .OnNotify(
                Blob.TypeCode,
                (_, payload) => taken += payload[0] == 0 ? throw new InvalidOperationException() : 1))
            .Run(async cluster =>
        {
            (P2PNode a, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);

            await a.TellAsync(peer, new Blob([0]));
            await a.TellAsync(peer, new Blob([1]));

            Assert.Equal("still here", (await a.AskAsync<Text>(peer, new Text("still here"))).Value);
        });

        Assert.Equal(1, taken);
    }

    [Fact]
    public void A_type_has_one_handler_raw_or_not()
    {
        ProtocolBuilder typedFirst = new ProtocolBuilder().OnNotify<Blob>((_, _) => { });
        ProtocolBuilder rawFirst = new ProtocolBuilder().OnNotify(Blob.TypeCode, (_, _) => { });

        Assert.Throws<InvalidOperationException>(() => typedFirst.OnNotify(Blob.TypeCode, (_, _) => { }));
        Assert.Throws<InvalidOperationException>(() => rawFirst.OnNotify<Blob>((_, _) => { }));
        Assert.Throws<InvalidOperationException>(() => rawFirst.OnNotify(Blob.TypeCode, (_, _) => { }));
        Assert.Throws<InvalidOperationException>(() => rawFirst.OnNotify(0x00ff, (_, _) => { }));
    }
}
