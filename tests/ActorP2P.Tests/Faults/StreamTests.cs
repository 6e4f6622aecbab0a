using ActorP2P.TestKit;
using ActorP2P.Tests.Streams;

namespace ActorP2P.Tests.Faults;

/// <summary>A file that is transferred in chunks, and asks that are made during it.</summary>
public sealed class StreamTests
{
    /// <summary>
    /// As messages, the chunks and the end of a file arrive out of order: an ask overtakes tells of its lane. As a
    /// stream they do not.
    /// </summary>
    [Fact]
    public void The_end_of_a_stream_comes_after_all_its_bytes()
    {
        byte[] file = StreamBytes.Of(2_000_000);
        byte[]? arrived = null;
        int asked = 0;
        ClientAndServer.Of(protocol => protocol
            .OnStream<GetBytes>(async (_, stream, _) => arrived = await stream.ReadAllAsync())
            .OnRequest<Text, Text>((request, _) => request)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(file.Length), Lane.Normal);
            Task sending = SendAsync(stream, file);
            while (!sending.IsCompleted)
            {
                await client.AskAsync<Text>(peer, new Text("?"));
                asked++;
            }

            await sending;
            Assert.Empty(await stream.ReadAllAsync());
        });

        Assert.Equal(file, arrived);
        Assert.True(asked > 1, "Nothing was asked beside the file, so the test proves nothing.");
    }

    private static async Task SendAsync(PeerStream stream, byte[] file)
    {
        foreach (byte[] chunk in file.Chunk(50_000))
        {
            await stream.WriteAsync(chunk);
        }

        await stream.CompleteWritingAsync();
    }
}
