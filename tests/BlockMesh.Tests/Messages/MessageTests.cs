using System.Buffers;
using ActorP2P;
using BlockMesh.Chain;
using BlockMesh.Messages;

namespace BlockMesh.Tests.Messages;

public sealed class MessageTests
{
    private static readonly ChainStatus Status = new(10_237, 176, Settled: true);

    [Fact]
    public void Requests_and_status_have_the_bytes_their_documentation_names()
    {
        Assert.Equal("0000000207D0", Convert.ToHexString(Bytes(new GetHeaders(2, 2000))));
        Assert.Equal("000000AF0010", Convert.ToHexString(Bytes(new GetBlocks(175, 16))));
        Assert.Equal("000027FD000000B00100000007", Convert.ToHexString(Bytes(new Headers(Status, 7, default))));
        Assert.Equal(
            "000027FD000000B0000000000700000003010203",
            Convert.ToHexString(Bytes(new Blocks(Status with { Settled = false }, 7, [new byte[] { 1, 2, 3 }]))));
    }

    [Fact]
    public void Every_message_reads_what_it_wrote()
    {
        Assert.Equal(new GetHeaders(5, 1), Read<GetHeaders>(Bytes(new GetHeaders(5, 1))));
        Assert.Equal(new GetBlocks(5, 128), Read<GetBlocks>(Bytes(new GetBlocks(5, 128))));

        Headers headers = Read<Headers>(Bytes(new Headers(Status, 3, RealChain.FirstHeaders(2000))))!;
        Assert.Equal((Status, 3, 2000), (headers.Status, headers.From, headers.Count));
        Assert.True(headers.Bytes.Span.SequenceEqual(RealChain.FirstHeaders(2000).Span));

        Blocks blocks = Read<Blocks>(Bytes(new Blocks(Status, 4, [.. RealChain.Data.Blocks.Take(128)])))!;
        Assert.Equal((Status, 4), (blocks.Status, blocks.From));
        Assert.Equal(RealChain.Data.Blocks.Take(128).Select(b => b.ToArray()), blocks.Items.Select(b => b.ToArray()));

        NewBlock announced = Read<NewBlock>(Bytes(new NewBlock(RealChain.Data.LargeBlock)))!;
        Assert.True(announced.Bytes.Span.SequenceEqual(RealChain.Data.LargeBlock.Span));

        NewTransaction transaction = Read<NewTransaction>(Bytes(new NewTransaction(RealChain.Data.Transaction)))!;
        Assert.True(transaction.Bytes.Span.SequenceEqual(RealChain.Data.Transaction.Span));
    }

    [Fact]
    public void The_type_codes_are_of_one_service() =>
        Assert.Equal(
            [0x4201, 0x4202, 0x4203, 0x4204, 0x4205, 0x4206],
            new int[]
            {
                Code<GetHeaders>(), Code<Headers>(), Code<GetBlocks>(), Code<Blocks>(), Code<NewBlock>(),
                Code<NewTransaction>(),
            });

    [Theory]
    [InlineData("")]
    [InlineData("0000000207")]
    [InlineData("0000000207D000")]
    [InlineData("000000020000")]
    [InlineData("0000000207D1")]
    [InlineData("8000000007D0")]
    public void A_malformed_request_for_headers_is_refused(string hex) =>
        Assert.Null(Read<GetHeaders>(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("")]
    [InlineData("0000000200")]
    [InlineData("00000002001000")]
    [InlineData("000000020000")]
    [InlineData("000000020081")]
    [InlineData("800000000010")]
    public void A_malformed_request_for_blocks_is_refused(string hex) =>
        Assert.Null(Read<GetBlocks>(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("000000010000000201")]
    [InlineData("800000010000000101")]
    [InlineData("000000018000000001")]
    [InlineData("000000010000000102")]
    public void A_contradictory_status_is_refused(string hex)
    {
        byte[] payload = [.. Convert.FromHexString(hex), 0, 0, 0, 0];
        Assert.Null(Read<Headers>(payload));
        Assert.Null(Read<Blocks>(payload));
    }

    [Fact]
    public void Headers_that_are_not_whole_or_too_many_are_refused()
    {
        byte[] one = Bytes(new Headers(Status, 0, RealChain.FirstHeaders(1)));
        for (int length = 0; length < one.Length; length++)
        {
            // Without any header the message is complete.
            Assert.Equal(length == 13, Read<Headers>(one[..length]) is not null);
        }

        Assert.Null(Read<Headers>([.. one, 0]));
        Assert.Null(Read<Headers>(Bytes(new Headers(Status, 0, RealChain.FirstHeaders(2001)))));
        Assert.Null(Read<Headers>(Bytes(new Headers(Status, -1, default))));
    }

    [Fact]
    public void Blocks_cut_off_at_any_byte_are_refused()
    {
        byte[] two = Bytes(new Blocks(Status, 0, [.. RealChain.Data.Blocks.Take(2)]));
        int first = 13 + 4 + RealChain.Data.Blocks[0].Length;
        for (int length = 0; length < two.Length; length++)
        {
            Assert.Equal(length == 13 || length == first, Read<Blocks>(two[..length]) is not null);
        }
    }

    [Fact]
    public void Too_many_or_too_long_blocks_are_refused()
    {
        ReadOnlyMemory<byte> smallest = new byte[ChainFormat.MinBlockSize];
        ReadOnlyMemory<byte> half = new byte[Blocks.MostBytes / 2];

        Assert.NotNull(Read<Blocks>(Bytes(new Blocks(Status, 0, [half, half]))));
        Assert.Null(Read<Blocks>(Bytes(new Blocks(Status, 0, [half, half, smallest]))));
        Assert.NotNull(Read<Blocks>(Bytes(new Blocks(Status, 0, [new byte[Blocks.MostBytes + 1]]))));
        Assert.Null(Read<Blocks>(Bytes(new Blocks(Status, 0, [.. Enumerable.Repeat(smallest, 129)]))));
        Assert.Null(Read<Blocks>(Bytes(new Blocks(Status, 0, [new byte[ChainFormat.MinBlockSize - 1]]))));
        Assert.Null(Read<Blocks>(Bytes(new Blocks(Status, 0, [new byte[ChainFormat.MaxBlockSize + 1]]))));
        Assert.Null(Read<Blocks>(Bytes(new Blocks(Status, -1, []))));
    }

    [Fact]
    public void A_length_without_its_bytes_allocates_nothing_for_them()
    {
        byte[] payload = [.. Bytes(new Blocks(Status, 0, [])), 0x00, 0x3d, 0x09, 0x00, 1, 2, 3];
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool read = Blocks.TryRead(payload, out _);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.False(read);
        Assert.InRange(allocated, 0, 16 * payload.Length);
    }

    [Fact]
    public void An_announced_block_of_impossible_length_is_refused()
    {
        Assert.Null(Read<NewBlock>([]));
        Assert.Null(Read<NewBlock>(new byte[ChainFormat.MinBlockSize - 1]));
        Assert.Null(Read<NewBlock>(new byte[ChainFormat.MaxBlockSize + 1]));
    }

    [Fact]
    public void An_announced_transaction_of_impossible_length_is_refused()
    {
        Assert.Null(Read<NewTransaction>([]));
        Assert.Null(Read<NewTransaction>(new byte[ChainFormat.MinTransactionSize - 1]));
        Assert.Null(Read<NewTransaction>(new byte[ChainFormat.MaxTransactionSize + 1]));
    }

    private static byte[] Bytes(IMessage message)
    {
        var writer = new ArrayBufferWriter<byte>();
        message.Write(writer);
        return writer.WrittenSpan.ToArray();
    }

    private static T? Read<T>(byte[] payload)
        where T : class, IMessage<T> => T.TryRead(payload, out T? message) ? message : null;

    private static int Code<T>()
        where T : class, IMessage<T> => T.TypeCode;
}
