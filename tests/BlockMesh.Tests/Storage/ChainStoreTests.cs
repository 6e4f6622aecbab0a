using BlockMesh.Chain;
using BlockMesh.Storage;

namespace BlockMesh.Tests.Storage;

public sealed class ChainStoreTests : IDisposable
{
    private const string HeadersFile = "headers.chain";
    private const string BlocksFile = "blocks.chain";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_store_that_is_reopened_holds_all_it_took()
    {
        using (ChainStore store = Open())
        {
            for (int from = 0; from < 10_237; from += 2000)
            {
                int count = Math.Min(2000, 10_237 - from);
                var expected = new HeaderAppend(count, HeaderVerdict.Accepted);
                Assert.Equal(expected, store.AppendHeaders(RealChain.Data.Headers.Span.Slice(from * 80, count * 80)));
            }

            Assert.All(RealChain.Data.Blocks, block => Assert.Equal(BlockVerdict.Valid, store.AppendBlock(block)));
        }

        using ChainStore again = Open();
        Assert.Equal((10_237, 176), (again.HeaderCount, again.BlockCount));
        Assert.Empty(again.Cuts);
        Assert.True(again.ReadHeaders(10_000, 2000).Span.SequenceEqual(RealChain.Data.Headers.Span[(10_000 * 80)..]));
        Assert.True(again.ReadBlocks(175, 1)[0].Span.SequenceEqual(RealChain.Data.Blocks[175].Span));
    }

    [Fact]
    public void A_store_goes_on_where_it_was_left()
    {
        Fill(headers: 4, blocks: 2);
        using (ChainStore store = Open())
        {
            Assert.Equal(HeaderVerdict.Accepted, store.AppendHeaders(RealChain.HeaderBytes(4).Span).Verdict);
            Assert.Equal(BlockVerdict.Valid, store.AppendBlock(RealChain.Data.Blocks[2]));
        }

        AssertHolds(headers: 5, blocks: 3);
    }

    [Fact]
    public void A_last_block_cut_off_at_any_byte_is_found_reported_and_cut_away()
    {
        Fill(headers: 3, blocks: 3);
        string path = _directory.File(BlocksFile);
        byte[] whole = File.ReadAllBytes(path);
        int kept = whole.Length - RecordSize(2);
        for (int length = kept + 1; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            var logger = new RecordingLogger();
            using ChainStore store = ChainStore.Open(_directory.Path, ChainRules.Mainnet, logger);

            LogCut cut = Assert.Single(store.Cuts);
            Assert.Equal(new LogCut(BlocksFile, kept, length - kept, LogCutCause.HalfWritten, cut.Copy), cut);
            Assert.Contains(BlocksFile, Assert.Single(logger.Warnings), StringComparison.Ordinal);
            Assert.Equal((3, 2), (store.HeaderCount, store.BlockCount));
            Assert.Equal(kept, new FileInfo(path).Length);
        }
    }

    [Fact]
    public void What_was_cut_away_is_taken_again_and_then_kept()
    {
        Fill(headers: 3, blocks: 3);
        Truncate(BlocksFile, by: 1);
        using (ChainStore store = Open())
        {
            Assert.Equal(BlockVerdict.Valid, store.AppendBlock(RealChain.Data.Blocks[2]));
        }

        AssertHolds(headers: 3, blocks: 3);
    }

    [Fact]
    public void A_preamble_that_was_cut_off_is_written_anew()
    {
        Fill(headers: 0, blocks: 0);
        byte[] preamble = File.ReadAllBytes(_directory.File(HeadersFile));
        for (int length = 0; length < preamble.Length; length++)
        {
            File.WriteAllBytes(_directory.File(HeadersFile), preamble[..length]);
            AssertHolds(headers: 0, blocks: 0);
            Assert.Equal(preamble, File.ReadAllBytes(_directory.File(HeadersFile)));
        }
    }

    [Fact]
    public void A_flipped_bit_cuts_the_log_and_sets_the_rest_aside()
    {
        Fill(headers: 2, blocks: 2);
        string path = _directory.File(BlocksFile);
        byte[] whole = File.ReadAllBytes(path);
        int first = whole.Length - RecordSize(1) - RecordSize(0);
        for (int offset = first; offset < whole.Length; offset++)
        {
            byte[] damaged = BitFlip.In(whole, (offset * 8) + (offset % 8));
            File.WriteAllBytes(path, damaged);
            using ChainStore store = Open();
            Assert.Equal(offset < first + RecordSize(0) ? 0 : 1, store.BlockCount);

            LogCut cut = Assert.Single(store.Cuts);
            Assert.Equal(BlocksFile, cut.File);
            Assert.Equal(damaged[(int)cut.KeptBytes..], File.ReadAllBytes(_directory.File(cut.Copy)));
        }
    }

    [Fact]
    public void Blocks_whose_headers_were_lost_go_with_them()
    {
        Fill(headers: 3, blocks: 3);
        Truncate(HeadersFile, by: 1);
        using ChainStore store = Open();

        Assert.Equal([LogCutCause.HalfWritten, LogCutCause.Orphaned], store.Cuts.Select(cut => cut.Cause));
        Assert.Equal((0, 0), (store.HeaderCount, store.BlockCount));
    }

    [Fact]
    public void A_store_of_another_chain_is_refused()
    {
        Fill(headers: 1, blocks: 1);
        ChainStoreException e = Assert.Throws<ChainStoreException>(() => ChainStore.Open(_directory.Path, Chain.BlockBuilder.Rules));
        Assert.Equal(ChainStoreFault.OtherChain, e.Reason);
        Assert.Contains(ChainRules.Mainnet.GenesisHash.ToString(), e.Message, StringComparison.Ordinal);

        AssertHolds(headers: 1, blocks: 1);
    }

    [Theory]
    [InlineData("something else, and long enough to be a preamble of a store")]
    [InlineData("short")]
    public void A_file_that_is_not_of_a_store_is_refused_and_left_as_it_is(string content)
    {
        File.WriteAllText(_directory.File(HeadersFile), content);
        Assert.Equal(ChainStoreFault.NotAStore, Assert.Throws<ChainStoreException>(Open).Reason);
        Assert.Equal(content, File.ReadAllText(_directory.File(HeadersFile)));
    }

    [Fact]
    public void Whole_records_with_invalid_contents_are_refused()
    {
        Fill(headers: 1, blocks: 0);
        using (RecordLog log = RecordLog.Open(_directory.File(HeadersFile), ChainRules.Mainnet.GenesisHash, 1000))
        {
            log.Recover(_ => true);
            log.Append(BitFlip.In(RealChain.HeaderBytes(1), 0));
        }

        ChainStoreException e = Assert.Throws<ChainStoreException>(Open);
        Assert.Equal(ChainStoreFault.InvalidRecord, e.Reason);
        Assert.Contains("header 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_in_use_is_refused_until_it_is_let_go()
    {
        using (Open())
        {
            Assert.Equal(ChainStoreFault.InUse, Assert.Throws<ChainStoreException>(Open).Reason);
        }

        AssertHolds(headers: 0, blocks: 0);
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_refused()
    {
        File.WriteAllText(_directory.File("file"), string.Empty);
        ChainStoreException e = Assert.Throws<ChainStoreException>(() => ChainStore.Open(_directory.File("file"), ChainRules.Mainnet));
        Assert.Equal(ChainStoreFault.Unreachable, e.Reason);
    }

    [Fact]
    public void Headers_ahead_of_a_wrong_one_are_kept()
    {
        byte[] three = BitFlip.In(RealChain.FirstHeaders(3), 2 * 80 * 8);
        using (ChainStore store = Open())
        {
            Assert.Equal(new HeaderAppend(2, HeaderVerdict.InsufficientWork), store.AppendHeaders(three));
        }

        AssertHolds(headers: 2, blocks: 0);
    }

    [Fact]
    public void A_block_is_taken_only_as_the_next_one_and_behind_its_header()
    {
        using ChainStore store = ChainStore.InMemory(ChainRules.Mainnet);
        Assert.Equal(BlockVerdict.UnknownHeader, store.AppendBlock(RealChain.Data.Blocks[0]));
        store.AppendHeaders(RealChain.FirstHeaders(2).Span);
        Assert.Equal(BlockVerdict.UnknownHeader, store.AppendBlock(RealChain.Data.Blocks[1]));
        Assert.Equal(BlockVerdict.Valid, store.AppendBlock(RealChain.Data.Blocks[0]));
        Assert.Equal(BlockVerdict.UnknownHeader, store.AppendBlock(RealChain.Data.Blocks[0]));
    }

    [Fact]
    public void Announced_blocks_are_judged_remembered_once_and_bounded()
    {
        using ChainStore store = ChainStore.InMemory(Chain.BlockBuilder.Rules);
        for (byte i = 0; i < 20; i++)
        {
            byte[] coinbase = Chain.BlockBuilder.Coinbase([[i]]);
            byte[] block = Chain.BlockBuilder.Mine([Hash256.Of(coinbase)], coinbase);
            Assert.Equal(BlockVerdict.Valid, store.Announce(block));
            Assert.Equal(BlockVerdict.Valid, store.Announce(block));
            Assert.Equal(Math.Min(i + 1, ChainStore.MaxAnnounced), store.Announced.Count);
            Assert.Equal(Hash256.Of(block.AsSpan(0, 80)), store.Announced[^1]);
        }

        Assert.Equal(BlockVerdict.Malformed, store.Announce([]));
    }

    private ChainStore Open() => ChainStore.Open(_directory.Path, ChainRules.Mainnet);

    private void Fill(int headers, int blocks)
    {
        using ChainStore store = Open();
        store.AppendHeaders(RealChain.FirstHeaders(headers).Span);
        foreach (ReadOnlyMemory<byte> block in RealChain.Data.Blocks.Take(blocks))
        {
            Assert.Equal(BlockVerdict.Valid, store.AppendBlock(block));
        }
    }

    private void AssertHolds(int headers, int blocks)
    {
        using ChainStore store = Open();
        Assert.Empty(store.Cuts);
        Assert.Equal((headers, blocks), (store.HeaderCount, store.BlockCount));
    }

    private void Truncate(string name, int by)
    {
        using FileStream file = File.Open(_directory.File(name), FileMode.Open);
        file.SetLength(file.Length - by);
    }

    // Length, checksum, payload.
    private static int RecordSize(int height) => 4 + 8 + RealChain.Data.Blocks[height].Length;
}
