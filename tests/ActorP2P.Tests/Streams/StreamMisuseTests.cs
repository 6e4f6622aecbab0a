using ActorP2P.TestKit;

namespace ActorP2P.Tests.Streams;

/// <summary>Cancelled reads and writes, and streams that are used in a way that is not allowed.</summary>
public sealed class StreamMisuseTests
{
    [Fact]
    public void A_read_that_is_cancelled_loses_no_byte()
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(StreamBytes.EchoAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0));
            using CancellationTokenSource source = new();
            Task<int> read = stream.ReadAsync(new byte[10], source.Token).AsTask();
            await Assert.ThrowsAsync<InvalidOperationException>(() => stream.ReadAsync(new byte[10]).AsTask());
            source.Cancel();
            await Assert.ThrowsAsync<OperationCanceledException>(() => read);
            await stream.WriteAsync(new byte[] { 1, 2, 3 });
            await stream.CompleteWritingAsync();
            Assert.Equal([1, 2, 3], await stream.ReadAllAsync());
        });
    }

    [Fact]
    public void A_write_that_is_cancelled_ends_the_writing()
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(StreamBytes.WaitAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0));
            using CancellationTokenSource source = new();
            Task write = stream.WriteAsync(new byte[1_000_000], source.Token).AsTask();
            await cluster.Delay(TimeSpan.FromSeconds(1));
            await Assert.ThrowsAsync<InvalidOperationException>(() => stream.WriteAsync(new byte[1]).AsTask());
            source.Cancel();
            await Assert.ThrowsAsync<OperationCanceledException>(() => write);
            PeerStreamException failure = await StreamBytes.FailureAsync(() => stream.WriteAsync(new byte[1]).AsTask());
            Assert.Equal(StreamFailure.Aborted, failure.Reason);
        });
    }

    [Fact]
    public void A_node_without_streams_opens_and_accepts_none()
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(StreamBytes.SendAsync))
            .WithSettings(settings => settings with { Session = settings.Session with { MaxStreams = 0 } })
            .Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            PeerStreamException failure =
                await StreamBytes.FailureAsync(() => client.OpenStreamAsync(peer, new GetBytes(1)));
            Assert.Equal(StreamFailure.NotSupported, failure.Reason);
        });
    }

    [Fact]
    public void Misuse_of_a_stream_throws_at_once()
    {
        ClientAndServer.Of(protocol => protocol.OnStream<GetBytes>(StreamBytes.EchoAsync)).Run(async cluster =>
        {
            (P2PNode client, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                () => client.OpenStreamAsync(peer, new GetBytes(0), Lane.Control));
            PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(0));
            Assert.Throws<ArgumentOutOfRangeException>(() => stream.Abort(7));
            Assert.Throws<NotSupportedException>(() => stream.Read(new byte[1], 0, 1));
            Assert.Throws<NotSupportedException>(() => stream.Length);
            await stream.CompleteWritingAsync();
            await Assert.ThrowsAsync<InvalidOperationException>(() => stream.WriteAsync(new byte[1]).AsTask());
            await stream.DisposeAsync();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.ReadAsync(new byte[1]).AsTask());
        });
    }
}
