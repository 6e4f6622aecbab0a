namespace ActorP2P.Transport.Tests;

/// <summary>Sends frames of mixed lengths, some of which are sent by reference, and expects them back.</summary>
internal static class EchoRun
{
    private static readonly FrameConnectionSettings Settings = new();

    public static async Task AssertEchoesAsync(IConnection ours, IConnection theirs, int total)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var echo = new FrameConnection(theirs, Settings);
        using var client = new FrameConnection(ours, Settings);
        using var room = new SemaphoreSlim(0);
        var sink = new RecordingSink
        {
            Room = () => room.Release(),
            Counted = count => Complete(all, count == total),
        };
        var echoSink = new EchoSink(echo);
        echo.Start(echoSink);
        client.Start(sink);
        int[] lengths = [.. Enumerable.Range(0, total).Select(i => i % 97 == 0 ? 40_000 : (i * 37) % 900)];
        for (int i = 0; i < total; i++)
        {
            await RoomAsync(client, room);
            client.Append(lengths[i], (ulong)i);
        }

        client.Flush();
        await all.Task.WaitAsync(Waits.Guard);
        sink.Frames.AssertAre(lengths);
        echoSink.Abort();
    }

    private static async Task RoomAsync(FrameConnection client, SemaphoreSlim room)
    {
        if (client.HasRoom)
        {
            return;
        }

        client.Flush();
        while (!client.HasRoom)
        {
            Assert.True(await room.WaitAsync(Waits.Guard), "No room was reported.");
        }
    }

    private static void Complete(TaskCompletionSource source, bool complete)
    {
        if (complete)
        {
            source.SetResult();
        }
    }
}
