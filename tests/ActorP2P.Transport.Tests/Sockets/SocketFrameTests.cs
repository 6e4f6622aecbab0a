using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

[Collection(SocketCollection.Name)]
public class SocketFrameTests
{
    [Fact]
    public async Task Ten_thousand_mixed_frames_come_back_from_an_echo_in_order()
    {
        const int Total = 10_000;
        using SocketPair pair = await SocketPair.ConnectAsync();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var echo = new FrameConnection(pair.Accepted, new FrameConnectionSettings());
        using var client = new FrameConnection(pair.Dialled, new FrameConnectionSettings());
        echo.Start(new EchoSink(echo));
        using var room = new SemaphoreSlim(0);
        var sink = new RecordingSink
        {
            Room = () => room.Release(),
            Counted = count =>
            {
                if (count == Total)
                {
                    all.SetResult();
                }
            },
        };
        client.Start(sink);
        int[] lengths = [.. Enumerable.Range(0, Total).Select(i => i % 97 == 0 ? 40_000 : (i * 37) % 900)];
        for (int i = 0; i < Total; i++)
        {
            while (!client.HasRoom)
            {
                client.Flush();
                if (!client.HasRoom)
                {
                    Assert.True(await room.WaitAsync(SocketPair.Guard));
                }
            }

            client.Append(lengths[i], (ulong)i);
        }

        client.Flush();
        await all.Task.WaitAsync(SocketPair.Guard);
        sink.Frames.AssertAre(lengths);
    }
}
