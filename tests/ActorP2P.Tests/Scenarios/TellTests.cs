using ActorP2P.Protocol;

namespace ActorP2P.Tests;

public sealed class TellTests
{
    [Fact]
    public void Tells_that_fill_the_send_queue_wait_and_arrive_in_order()
    {
        List<int> taken = [];
        int waited = 0;
        ClientAndServer.Of(Take(taken)).Run(async cluster =>
        {
            (P2PNode a, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);

            for (int i = 0; i < 3000; i++)
            {
                Task told = a.TellAsync(peer, Numbered(i, 1024));
                waited += told.IsCompleted ? 0 : 1;
                await told;
            }
        });

        Assert.Equal(Enumerable.Range(0, 3000), taken);

        // Three times the queue's megabyte was sent, so some calls had to wait; but one wait lets many messages in.
        Assert.InRange(waited, 1, 30);
    }

    [Fact]
    public void Tells_beyond_every_bound_are_refused_and_the_others_arrive()
    {
        List<int> taken = [];
        Task[] tells = [];
        ClientAndServer.Of(Take(taken)).Run(async cluster =>
        {
            (P2PNode a, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);

            tells = [.. Enumerable.Range(0, 3000).Select(i => a.TellAsync(peer, Numbered(i, 1024)))];
            foreach (Task tell in tells)
            {
                await tell.ConfigureAwait(
                    ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            }
        });

        int[] accepted = [.. Enumerable.Range(0, 3000).Where(i => tells[i].IsCompletedSuccessfully)];
        Assert.Equal(accepted, taken);

        // This is a megabyte of messages at 1,088 bytes each, the message that crosses the bound, and 1,024 waiting
        // senders.
        Assert.Equal(964 + 1024, accepted.Length);
        Assert.All(tells.Where(task => task.IsFaulted), task =>
            Assert.Equal(SendFailure.QueueFull, Assert.IsType<SendException>(task.Exception!.InnerException).Reason));
    }

    [Fact]
    public void A_tell_that_waits_when_the_connection_ends_fails()
    {
        ClientAndServer.Of().Run(async cluster =>
        {
            (P2PNode a, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            Task[] tells = [.. Enumerable.Range(0, 1000).Select(i => a.TellAsync(peer, Numbered(i, 1024)))];
            Assert.False(tells[^1].IsCompleted);

            _ = a.DisconnectAsync(peer);

            SendException waiting = await Assert.ThrowsAsync<SendException>(() => tells[^1]);
            Assert.Equal(SendFailure.NotConnected, waiting.Reason);
            SendException later = await Assert.ThrowsAsync<SendException>(() => a.TellAsync(peer, Numbered(0, 1024)));
            Assert.Equal(SendFailure.NotConnected, later.Reason);
        });
    }

    [Fact]
    public void A_tell_longer_than_the_peer_accepts_is_refused()
    {
        ClientAndServer.Of().WithSettings("server", Taking100KB).Run(async cluster =>
        {
            (P2PNode a, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);

            SendException refused = await Assert.ThrowsAsync<SendException>(
                () => a.TellAsync(peer, Numbered(0, 100_001)));

            Assert.Equal(SendFailure.TooLong, refused.Reason);
            await a.TellAsync(peer, Numbered(0, 100_000));
        });
    }

    private static P2PNodeOptions Taking100KB(P2PNodeOptions settings) =>
        settings with { Session = settings.Session with { MaxMessage = 100_000 } };

    private static Blob Numbered(int number, int length)
    {
        byte[] bytes = new byte[length];
        BitConverter.TryWriteBytes(bytes, number);
        return new Blob(bytes);
    }

    private static Action<ProtocolBuilder> Take(List<int> taken) => protocol => protocol
        .OnNotify(Blob.TypeCode, (_, payload) => taken.Add(BitConverter.ToInt32(payload)));
}
