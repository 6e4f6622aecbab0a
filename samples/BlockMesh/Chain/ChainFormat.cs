using System.Diagnostics.CodeAnalysis;
using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>Reads the blocks and transactions of peers with NBitcoin, each in its one proper form only.</summary>
internal static class ChainFormat
{
    /// <summary>The shortest transaction in bytes: version, one empty input, one empty output, lock time.</summary>
    public const int MinTransactionSize = 60;

    /// <summary>
    /// The longest transaction that is relayed, in bytes: the limit of weight of Bitcoin Core's policy without
    /// witnesses.
    /// </summary>
    public const int MaxTransactionSize = 100_000;

    /// <summary>The shortest block in bytes: a header, a count, and the smallest transaction.</summary>
    public const int MinBlockSize = BlockHeader.Size + 1 + MinTransactionSize;

    /// <summary>
    /// The longest block in bytes: the limit of weight of BIP 141, where a byte of witness weighs one.
    /// </summary>
    public const int MaxBlockSize = 4_000_000;

    /// <summary>Reads a header. Every 80 bytes are one, if seldom a valid one.</summary>
    public static BlockHeader ReadHeader(ReadOnlySpan<byte> bytes, Network network)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, BlockHeader.Size, nameof(bytes));
        var header = new BlockHeader(bytes.ToArray(), network);

        // It is looked at many times and never changed.
        header.PrecomputeHash(invalidateExisting: false, lazily: false);
        return header;
    }

    /// <summary>Reads a block that takes up all of <paramref name="bytes"/> and has at least one transaction.</summary>
    public static bool TryReadBlock(ReadOnlySpan<byte> bytes, Network network, [MaybeNullWhen(false)] out Block block)
    {
        block = network.Consensus.ConsensusFactory.CreateBlock();
        return bytes.Length is >= MinBlockSize and <= MaxBlockSize
            && TryRead(bytes, block, network)
            && block.Transactions.Count > 0;
    }

    /// <summary>Reads a transaction that takes up all of <paramref name="bytes"/>.</summary>
    public static bool TryReadTransaction(
        ReadOnlySpan<byte> bytes, Network network, [MaybeNullWhen(false)] out Transaction transaction)
    {
        transaction = network.CreateTransaction();
        return bytes.Length is >= MinTransactionSize and <= MaxTransactionSize && TryRead(bytes, transaction, network);
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, IBitcoinSerializable item, Network network)
    {
        try
        {
            item.ReadWrite(bytes.ToArray(), network);

            // NBitcoin ignores bytes behind the end. What it writes again is the form that its hashes cover.
            return item.ToBytes().AsSpan().SequenceEqual(bytes);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or InvalidOperationException
            or InvalidDataException)
        {
            // How NBitcoin says that the bytes end too soon, or that a count, number or flag in them cannot be.
            return false;
        }
    }
}
