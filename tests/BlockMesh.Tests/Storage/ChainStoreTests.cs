using BlockMesh.Chain;
using BlockMesh.Storage;
using Microsoft.Data.Sqlite;
using NBitcoin;

namespace BlockMesh.Tests.Storage;

public sealed class ChainStoreTests : IDisposable
{
    private const string StoreFile = "chain.db";
    private const string LogFile = "chain.db-wal";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_reopened_store_has_everything_it_accepted()
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
        Assert.Null(again.SetAside);
        Assert.True(again.ReadHeaders(10_000, 2000).Span.SequenceEqual(RealChain.Data.Headers.Span[(10_000 * 80)..]));
        Assert.True(again.ReadBlocks(175, 1)[0].Span.SequenceEqual(RealChain.Data.Blocks[175].Span));
    }

    [Fact]
    public void A_sync_continues_from_the_store()
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
    public void A_torn_write_loses_only_the_last_block()
    {
        using TemporaryDirectory killed = new();
        byte[] database;
        byte[] log;
        int before;
        using (ChainStore store = Open())
        {
            // The following makes the files of a process that is killed at these moments.
            store.AppendHeaders(RealChain.FirstHeaders(3).Span);
            store.AppendBlock(RealChain.Data.Blocks[0]);
            store.AppendBlock(RealChain.Data.Blocks[1]);
            before = ReadOpen(LogFile).Length;
            store.AppendBlock(RealChain.Data.Blocks[2]);
            log = ReadOpen(LogFile);
            database = ReadOpen(StoreFile);
        }

        for (int length = before; length <= log.Length; length += length < log.Length - 50 ? 50 : 1)
        {
            File.WriteAllBytes(killed.File(StoreFile), database);
            File.WriteAllBytes(killed.File(LogFile), log[..length]);
            using ChainStore store = ChainStore.Open(killed.Path, ChainRules.Mainnet);
            Assert.Null(store.SetAside);
            Assert.Equal((3, length < log.Length ? 2 : 3), (store.HeaderCount, store.BlockCount));
        }
    }

    [Fact]
    public void A_flipped_bit_renames_the_file_or_changes_nothing()
    {
        Fill(headers: 2, blocks: 2);
        string path = _directory.File(StoreFile);
        byte[] whole = File.ReadAllBytes(path);
        int aside = 0;
        for (int offset = 0; offset < whole.Length; offset += 13)
        {
            byte[] damaged = BitFlip.In(whole, (offset * 8) + (offset % 8));
            File.WriteAllBytes(path, damaged);
            try
            {
                using ChainStore store = Open();
                bool kept = store.SetAside is null;
                Assert.Equal(kept ? (2, 2) : (0, 0), (store.HeaderCount, store.BlockCount));
                if (!kept)
                {
                    aside++;
                    Assert.Equal(damaged, File.ReadAllBytes(_directory.File(store.SetAside!.Copy)));
                }
            }
            catch (ChainStoreException e)
            {
                Assert.True(e.Reason is ChainStoreFault.NotAStore or ChainStoreFault.OtherChain, $"{offset}: {e}");
                Assert.Equal(damaged, File.ReadAllBytes(path));
            }

            Array.ForEach(Directory.GetFiles(_directory.Path), File.Delete);
        }

        Assert.True(aside > 0);
    }

    [Fact]
    public void A_damaged_file_is_renamed_with_its_reason()
    {
        Fill(headers: 2, blocks: 2);
        FlipBitOf(RealChain.Data.Blocks[1].Span[100..]);
        var logger = new RecordingLogger();
        using (ChainStore store = ChainStore.Open(_directory.Path, ChainRules.Mainnet, logger))
        {
            var expected = new SetAside(StoreFile, $"{StoreFile}.damaged-1", "block 1 is not valid: BadMerkleRoot");
            Assert.Equal(expected, store.SetAside);
            Assert.Contains(expected.Reason, Assert.Single(logger.Warnings), StringComparison.Ordinal);
        }

        AssertHolds(headers: 0, blocks: 0);
    }

    [Fact]
    public void Repeatedly_damaged_files_do_not_fill_the_disk()
    {
        for (int i = 1; i <= 12; i++)
        {
            Fill(headers: 1, blocks: 0);
            FlipBitOf(RealChain.HeaderBytes(0).Span);
            using ChainStore store = Open();
            Assert.Equal($"{StoreFile}.damaged-{Math.Min(i, 9)}", store.SetAside!.Copy);
        }

        Assert.Equal(
            10, Directory.GetFiles(_directory.Path).Count(file => !file.EndsWith("-wal", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_row_that_is_missing_is_damage()
    {
        Fill(headers: 3, blocks: 3);
        using (SqliteConnection connection = new($"Data Source={_directory.File(StoreFile)};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand delete = connection.CreateCommand();
            delete.CommandText = "DELETE FROM blocks WHERE height = 1";
            delete.ExecuteNonQuery();
        }

        using ChainStore store = Open();
        Assert.Equal("the row 1 of blocks is missing", store.SetAside!.Reason);
    }

    [Fact]
    public void A_store_of_another_chain_is_refused()
    {
        Fill(headers: 1, blocks: 1);
        ChainStoreException e = Assert.Throws<ChainStoreException>(
            () => ChainStore.Open(_directory.Path, Chain.BlockBuilder.Rules));
        Assert.Equal(ChainStoreFault.OtherChain, e.Reason);
        Assert.Contains(ChainRules.Mainnet.GenesisHash.ToString(), e.Message, StringComparison.Ordinal);

        AssertHolds(headers: 1, blocks: 1);
    }

    [Theory]
    [InlineData("something else, and long enough to be a preamble of a store")]
    [InlineData("short")]
    public void A_file_that_is_not_of_a_store_is_refused_and_left_as_it_is(string content)
    {
        File.WriteAllText(_directory.File(StoreFile), content);
        Assert.Equal(ChainStoreFault.NotAStore, Assert.Throws<ChainStoreException>(Open).Reason);
        Assert.Equal(content, File.ReadAllText(_directory.File(StoreFile)));
    }

    [Fact]
    public void A_directory_in_use_is_refused_until_it_is_released()
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
        ChainStoreException e = Assert.Throws<ChainStoreException>(
            () => ChainStore.Open(_directory.File("file"), ChainRules.Mainnet));
        Assert.Equal(ChainStoreFault.Unreachable, e.Reason);
    }

    [Fact]
    public void Headers_before_a_wrong_one_are_kept()
    {
        byte[] three = BitFlip.In(RealChain.FirstHeaders(3), 2 * 80 * 8);
        using (ChainStore store = Open())
        {
            Assert.Equal(new HeaderAppend(2, HeaderVerdict.InsufficientWork), store.AppendHeaders(three));
        }

        AssertHolds(headers: 2, blocks: 0);
    }

    [Fact]
    public void A_block_is_accepted_only_after_its_header()
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
            Block block = Chain.BlockBuilder.Mine(Chain.BlockBuilder.Coinbase([[i]]));
            Assert.Equal(BlockVerdict.Valid, store.Announce(block.ToBytes()));
            Assert.Equal(BlockVerdict.Valid, store.Announce(block.ToBytes()));
            Assert.Equal(Math.Min(i + 1, ChainStore.MaxAnnounced), store.Announced.Count);
            Assert.Equal(block.GetHash(), store.Announced[^1]);
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
        Assert.Null(store.SetAside);
        Assert.Equal((headers, blocks), (store.HeaderCount, store.BlockCount));
    }

    private byte[] ReadOpen(string name)
    {
        using FileStream file = new(_directory.File(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private void FlipBitOf(ReadOnlySpan<byte> stored)
    {
        byte[] bytes = File.ReadAllBytes(_directory.File(StoreFile));
        BitFlip.Toggle(bytes, 8 * bytes.AsSpan().IndexOf(stored));
        File.WriteAllBytes(_directory.File(StoreFile), bytes);
    }
}
