namespace ActorP2P.Tests;

public sealed class RawNotifyTests
{
    [Fact]
    public void Notifies_reach_a_raw_handler_in_order_as_the_bytes_that_were_sent()
    {
        VirtualMesh mesh = new();
        List<byte[]> taken = [];
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .OnNotify(Blob.TypeCode, (_, payload) => taken.Add(payload.ToArray())));
            await using P2PNode a = await mesh.StartAsync("a");
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);

            await a.TellAsync(peer, new Blob([1, 2, 3]));
            await a.TellAsync(peer, new Blob(new byte[200_000]));
            await a.TellAsync(peer, new Blob([]));
        });

        Assert.Equal([3, 200_000, 0], taken.Select(bytes => bytes.Length));
        Assert.Equal([1, 2, 3], taken[0]);
    }

    [Fact]
    public void A_raw_handler_that_throws_costs_its_message_and_nothing_else()
    {
        VirtualMesh mesh = new();
        int taken = 0;
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .OnRequest<Text, Text>((request, _) => request)
                .OnNotify(Blob.TypeCode, (_, payload) => taken += payload[0] == 0 ? throw new InvalidOperationException() : 1));
            await using P2PNode a = await mesh.StartAsync("a");
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);

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
