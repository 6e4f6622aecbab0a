using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Transports;

/// <summary>The promises of <see cref="IConnection"/>, over both transports.</summary>
[Collection(SocketsCollection.Name)]
public sealed class ConnectionTests : TransportTest
{
    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 31 >> 3))];

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task After_a_half_close_the_other_direction_still_works(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        AwaitedEnd a = new(pair.Dialled);
        AwaitedEnd b = new(pair.Accepted);
        pair.Dialled.ShutdownSend();
        Assert.Equal(TransportFault.EndOfStream, (await b.ReadToEndAsync().WaitAsync(Waits.Guard)).Fault);

        Task<(byte[] Bytes, TransportFault Fault)> reading = a.ReadToEndAsync();
        Assert.Equal(s_bytes.Length, (await b.SendAsync(s_bytes).WaitAsync(Waits.Guard)).Bytes);
        pair.Accepted.ShutdownSend();

        (byte[] bytes, TransportFault fault) = await reading.WaitAsync(Waits.Guard);
        Assert.Equal(TransportFault.EndOfStream, fault);
        Assert.Equal(s_bytes, bytes);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Bytes_sent_before_a_shutdown_arrive_before_the_end(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        AwaitedEnd a = new(pair.Dialled);
        Task<(byte[] Bytes, TransportFault Fault)> reading = new AwaitedEnd(pair.Accepted).ReadToEndAsync();
        await a.SendAsync(
            new ArraySegment<byte>(s_bytes, 0, 1_000), new ArraySegment<byte>(s_bytes, 1_000, s_bytes.Length - 1_000))
            .WaitAsync(Waits.Guard);
        pair.Dialled.ShutdownSend();
        (byte[] bytes, TransportFault fault) = await reading.WaitAsync(Waits.Guard);
        Assert.Equal(TransportFault.EndOfStream, fault);
        Assert.Equal(s_bytes, bytes);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_peer_that_does_not_read_holds_the_sender_up(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        AwaitedEnd sender = new(pair.Dialled);
        AwaitedEnd reader = new(pair.Accepted);
        pair.Dialled.BoundSending(TimeSpan.Zero);

        // This is far more than the system and the transport can hold together.
        const int Length = 64 << 20;
        Task<OperationResult> sending = sender.SendAsync(new byte[Length]);
        await UntilAsync(() => pair.Accepted.BytesWaiting > 0);
        Assert.False(sending.IsCompleted);
        byte[] buffer = new byte[1 << 20];
        int read = 0;
        while (read < Length)
        {
            Assert.False(read < Length / 4 && sending.IsCompleted, "The sender never had to wait.");
            read += (await reader.ReceiveAsync(buffer).WaitAsync(Waits.Guard)).Bytes;
        }

        Assert.Equal(Length, (await sending.WaitAsync(Waits.Guard)).Bytes);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task An_abort_fails_what_is_under_way_and_resets_the_peer(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        AwaitedEnd a = new(pair.Dialled);
        AwaitedEnd b = new(pair.Accepted);
        Task<OperationResult> receiving = a.ReceiveAsync(new byte[10]);
        Task<OperationResult> sending = a.SendAsync(new byte[32 << 20]);
        pair.Dialled.Abort();

        Assert.Equal(TransportFault.Aborted, (await receiving.WaitAsync(Waits.Guard)).Error.Fault);
        Assert.Equal(TransportFault.Aborted, (await sending.WaitAsync(Waits.Guard)).Error.Fault);
        Assert.Equal(TransportFault.Reset, (await b.ReadToEndAsync().WaitAsync(Waits.Guard)).Fault);
        Assert.Equal(TransportFault.Aborted, (await a.SendAsync(new byte[1])).Error.Fault);
        Assert.Equal(TransportFault.Aborted, (await a.ReceiveAsync(new byte[1])).Error.Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Bytes_that_arrived_before_a_reset_are_delivered(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        AwaitedEnd sender = new(pair.Dialled);
        await sender.SendAsync(s_bytes[..10_000]).WaitAsync(Waits.Guard);
        await UntilAsync(() => pair.Accepted.BytesWaiting == 10_000);
        pair.Dialled.Abort();

        (byte[] bytes, TransportFault fault) = await new AwaitedEnd(pair.Accepted).ReadToEndAsync()
            .WaitAsync(Waits.Guard);
        Assert.Equal(TransportFault.Reset, fault);
        Assert.Equal(s_bytes[..10_000], bytes);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_connection_disposed_unstarted_ends_the_peers_stream(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        pair.Accepted.Dispose();
        Assert.Equal(TransportFault.EndOfStream,
            (await new AwaitedEnd(pair.Dialled).ReadToEndAsync().WaitAsync(Waits.Guard)).Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task An_empty_receive_waits_until_something_has_come(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        AwaitedEnd a = new(pair.Dialled);
        AwaitedEnd b = new(pair.Accepted);
        Task<OperationResult> waiting = b.ReceiveAsync(default);
        Assert.False(waiting.IsCompleted);
        await a.SendAsync("x"u8.ToArray()).WaitAsync(Waits.Guard);
        Assert.Equal((0, false), Of(await waiting.WaitAsync(Waits.Guard)));
        Assert.Equal((1, false), Of(await b.ReceiveAsync(new byte[10]).WaitAsync(Waits.Guard)));

        static (int Bytes, bool IsFailed) Of(OperationResult result) => (result.Bytes, result.IsFailed);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task The_acknowledged_part_of_a_send_is_known_before_its_end(TransportKind kind)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using TransportPair pair = await ConnectAsync(kind);
        AwaitedEnd sender = new(pair.Dialled);
        AwaitedEnd reader = new(pair.Accepted);
        pair.Dialled.BoundSending(TimeSpan.Zero);
        Task<OperationResult> sending = sender.SendAsync(new byte[8 << 20]);
        long before = pair.Dialled.BytesAcknowledged!.Value;
        byte[] buffer = new byte[1 << 20];
        for (int read = 0; read < buffer.Length;)
        {
            read += (await reader.ReceiveAsync(buffer).WaitAsync(Waits.Guard)).Bytes;
        }

        await UntilAsync(() => pair.Dialled.BytesAcknowledged > before);
        Assert.False(sending.IsCompleted);
        pair.Dialled.Abort();
        Assert.True((await sending.WaitAsync(Waits.Guard)).IsFailed);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task An_ended_connection_has_no_figures_and_throws_nothing(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        AwaitedEnd end = new(pair.Dialled);
        Task<OperationResult> receiving = end.ReceiveAsync(new byte[1]);
        pair.Dialled.Abort();
        await receiving.WaitAsync(Waits.Guard);
        pair.Dialled.BoundSending(TimeSpan.Zero);
        pair.Dialled.ShutdownSend();
        Assert.Null(pair.Dialled.BytesAcknowledged);
        Assert.Equal(0, pair.Dialled.BytesWaiting);
    }
}
