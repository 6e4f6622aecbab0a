using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Streams;

/// <summary>Streams over both transports, with and without encryption.</summary>
[Collection(SocketsCollection.Name)]
public sealed class StreamLoopbackTests
{
    [Theory]
    [InlineData(TransportKind.Sockets, Encryption.Off)]
    [InlineData(TransportKind.Sockets, Encryption.Required)]
    [InlineData(TransportKind.AkkaIo, Encryption.Off)]
    [InlineData(TransportKind.AkkaIo, Encryption.Required)]
    public async Task Many_streams_cross_both_ways_beside_asks(TransportKind kind, Encryption encryption)
    {
        await using P2PNode server = await StartAsync(kind, encryption);
        await using P2PNode client = await StartAsync(kind, encryption);
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);

        Task[] all = [.. Enumerable.Range(1, 30).Select(i => EchoAsync(client, peer, i * 50_000))];
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal("?", (await client.AskAsync<Text>(peer, new Text("?")).WaitAsync(Waits.Guard)).Value);
        }

        await Task.WhenAll(all).WaitAsync(Waits.Guard);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Streams_that_are_left_in_the_middle_do_no_harm(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind, Encryption.Off);
        await using P2PNode client = await StartAsync(kind, Encryption.Off);
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);
        for (int i = 0; i < 2000; i++)
        {
            await WhenThereIsRoomAsync(client, peer, () => LeaveAsync(client, peer, i)).WaitAsync(Waits.Guard);
        }

        await WhenThereIsRoomAsync(client, peer, () => EchoAsync(client, peer, 100_000)).WaitAsync(Waits.Guard);
        Assert.Same(peer, client.Peers.Single());
    }

    private static async Task LeaveAsync(P2PNode client, Peer peer, int number)
    {
        await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0));
        await stream.WriteAsync(new byte[number % 1000]);
        if (number % 3 == 0)
        {
            stream.Abort(0x100);
        }
    }

    // The other side may not have ended the handlers of earlier streams yet.
    private static async Task WhenThereIsRoomAsync(P2PNode client, Peer peer, Func<Task> action)
    {
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (PeerStreamException full) when (
                full.Reason == StreamFailure.TooManyStreams || full.ErrorCode == RequestErrorCode.NoRoom)
            {
                await client.AskAsync<Text>(peer, new Text("go on"));
            }
        }
    }

    private static async Task EchoAsync(P2PNode client, Peer peer, int count)
    {
        await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(count));
        Task<byte[]> reading = stream.ReadAllAsync();
        byte[] bytes = StreamBytes.Of(count);
        for (int at = 0; at < count; at += 70_000)
        {
            await stream.WriteAsync(bytes.AsMemory(at, Math.Min(70_000, count - at)));
        }

        await stream.CompleteWritingAsync();
        Assert.Equal(bytes, await reading);
    }

    private static Task<P2PNode> StartAsync(TransportKind kind, Encryption encryption) => P2PNode.StartAsync(
        new P2PNodeOptions { Transport = kind, Encryption = encryption },
        protocol => protocol.OnStream<GetBytes>(StreamBytes.EchoAsync)
            .OnRequest<Text, Text>((request, _) => request));
}
