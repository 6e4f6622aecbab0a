using System.Security.Cryptography;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Transports;

/// <summary>An encrypted connection makes few operations of many TLS records.</summary>
[Collection(SocketsCollection.Name)]
public sealed class TlsRecordsTests : TransportTest
{
    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31 >> 3))];

    [Theory]
    [InlineData(TransportKind.Sockets, 100, 1)]
    [InlineData(TransportKind.AkkaIo, 100, 1)]
    [InlineData(TransportKind.Sockets, 60_000, 1)]
    [InlineData(TransportKind.AkkaIo, 60_000, 1)]
    [InlineData(TransportKind.Sockets, 200_000, 3)]
    [InlineData(TransportKind.AkkaIo, 200_000, 3)]
    public async Task The_records_of_a_send_leave_together(TransportKind kind, int bytes, int sends)
    {
        using TransportPair pair = await ConnectAsync(kind);
        SendCounter counter = new(pair.Dialled);
        AwaitedEnd a = new(new TlsConnection(counter, NewIdentity(), SessionRole.Initiator));
        AwaitedEnd b = new(new TlsConnection(pair.Accepted, NewIdentity(), SessionRole.Responder));
        await PassAsync(a, b, 1);
        int before = counter.Sends;

        await PassAsync(a, b, bytes);

        Assert.Equal(before + sends, counter.Sends);
    }

    [Fact]
    public async Task Records_that_have_arrived_are_received_together()
    {
        using TransportPair pair = await ConnectAsync(TransportKind.Sockets);
        AwaitedEnd a = new(new TlsConnection(pair.Dialled, NewIdentity(), SessionRole.Initiator));
        TlsConnection receiver = new(pair.Accepted, NewIdentity(), SessionRole.Responder);
        AwaitedEnd b = new(receiver);
        await PassAsync(a, b, 1);
        await a.SendAsync(new ArraySegment<byte>(s_bytes, 0, 50_000)).WaitAsync(Waits.Guard);
        await UntilAsync(() => receiver.BytesWaiting >= 50_000);
        byte[] buffer = new byte[s_bytes.Length];

        // The first receive shows that the peer sends much. The second one takes all that has arrived.
        int first = (await b.ReceiveAsync(buffer).WaitAsync(Waits.Guard)).Bytes;
        int second = (await b.ReceiveAsync(buffer.AsMemory(first)).WaitAsync(Waits.Guard)).Bytes;

        Assert.Equal(50_000, first + second);
        Assert.Equal(s_bytes[..50_000], buffer[..50_000]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void Ends_of_records_are_found_however_they_arrive(int piece)
    {
        List<byte> stream = [];
        List<long> ends = [0];
        foreach (int length in (int[])[1, 0, 255, 256, 16_406, 2])
        {
            stream.AddRange([23, 3, 3, (byte)(length >> 8), (byte)length, .. new byte[length]]);
            ends.Add(stream.Count);
        }

        RecordBounds bounds = default;
        for (int start = 0; start < stream.Count; start += piece)
        {
            int end = Math.Min(start + piece, stream.Count);
            bounds.Add(stream.GetRange(start, end - start).ToArray());

            Assert.Equal(ends.Last(whole => whole <= end), bounds.LastEnd);
        }
    }

    private static async Task PassAsync(AwaitedEnd a, AwaitedEnd b, int bytes)
    {
        Task<OperationResult> sending = a.SendAsync(new ArraySegment<byte>(s_bytes, 0, bytes));
        byte[] buffer = new byte[bytes];
        for (int received = 0; received < bytes;)
        {
            received += (await b.ReceiveAsync(buffer.AsMemory(received)).WaitAsync(Waits.Guard)).Bytes;
        }

        await sending.WaitAsync(Waits.Guard);
        Assert.Equal(s_bytes[..bytes], buffer);
    }

    private static TlsIdentity NewIdentity()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TlsIdentity(key);
    }
}
