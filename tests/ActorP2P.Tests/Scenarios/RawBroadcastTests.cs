namespace ActorP2P.Tests;

/// <summary>Handlers that judge broadcasts by their bytes.</summary>
public sealed class RawBroadcastTests
{
    [Fact]
    public void Bytes_reach_a_raw_handler_unchanged()
    {
        List<byte[]> taken = [];
        int hops = 0;
        ClientAndServer.Of(protocol => protocol.OnBroadcast(Blob.TypeCode, (payload, context) =>
        {
            taken.Add(payload.ToArray());
            hops = context.Hops;
            Assert.Null(context.Author);
            return Verdict.Accept;
        })).Run(async cluster =>
        {
            (P2PNode a, _, _) = await ClientAndServer.ConnectAsync(cluster);
            await cluster.Delay(TimeSpan.FromSeconds(1));

            Assert.Equal(1, await a.BroadcastAsync(new Blob([1, 2, 3])));
            Assert.Equal(1, await a.BroadcastAsync(new Blob(new byte[200_000])));
            await cluster.Delay(TimeSpan.FromSeconds(1));
        });

        Assert.Equal([3, 200_000], taken.Select(static bytes => bytes.Length));
        Assert.Equal([1, 2, 3], taken[0]);
        Assert.Equal(1, hops);
    }

    [Fact]
    public void A_signed_type_gives_the_author_and_no_signature()
    {
        List<byte[]> taken = [];
        NodeId? author = null;
        NodeId? sender = null;
        ClientAndServer.Of(protocol => protocol.OnSignedBroadcast(Blob.TypeCode, (payload, context) =>
        {
            taken.Add(payload.ToArray());
            author = context.Author;
            return Verdict.Ignore;
        })).Run(async cluster =>
        {
            (P2PNode a, _, _) = await ClientAndServer.ConnectAsync(cluster);
            sender = a.Id;
            await cluster.Delay(TimeSpan.FromSeconds(1));

            await a.BroadcastSignedAsync(new Blob([7]));
            await cluster.Delay(TimeSpan.FromSeconds(1));
        });

        Assert.Equal([7], Assert.Single(taken));
        Assert.Equal(sender, author);
    }

    [Fact]
    public void A_type_has_one_handler_typed_or_raw()
    {
        ProtocolBuilder typedFirst = new ProtocolBuilder().OnBroadcast<Blob>((_, _) => Verdict.Accept);
        ProtocolBuilder rawFirst = new ProtocolBuilder().OnBroadcast(Blob.TypeCode, (_, _) => Verdict.Accept);

        Assert.Throws<InvalidOperationException>(() => typedFirst.OnBroadcast(Blob.TypeCode, (_, _) => Verdict.Accept));
        Assert.Throws<InvalidOperationException>(() => rawFirst.OnBroadcast<Blob>((_, _) => Verdict.Accept));
        Assert.Throws<InvalidOperationException>(
            () => rawFirst.OnSignedBroadcast(Blob.TypeCode, (_, _) => Verdict.Accept));
        Assert.Throws<InvalidOperationException>(() => rawFirst.OnBroadcast(0x00ff, (_, _) => Verdict.Accept));
        Assert.Throws<InvalidOperationException>(() => new ProtocolBuilder().Service(
            0x7f, "other", other => other.OnBroadcast(Blob.TypeCode, (_, _) => Verdict.Accept)));
    }
}
