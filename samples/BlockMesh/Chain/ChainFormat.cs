using System.Diagnostics.CodeAnalysis;
using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>
/// Reads the blocks and transactions of peers with NBitcoin. It accepts only the one canonical encoding of each.
/// </summary>
internal static class ChainFormat
{
    /// <summary>The shortest transaction in bytes: version, one empty input, one empty output, lock time.</summary>
    public const int MinTransactionSize = 60;

    /// <summary>
    /// The longest transaction that is relayed, in bytes: the weight limit of Bitcoin Core's policy, for a transaction
    /// without witnesses.
    /// </summary>
    public const int MaxTransactionSize = 100_000;

    /// <summary>The shortest block in bytes: a header, a count, and the smallest transaction.</summary>
    public const int MinBlockSize = BlockHeader.Size + 1 + MinTransactionSize;

    /// <summary>
    /// The longest block in bytes: the weight limit of BIP 141, in which a byte of a witness has weight one.
    /// </summary>
    public const int MaxBlockSize = 4_000_000;

    /// <summary>Reads a header. Any 80 bytes have the form of a header, but few are valid.</summary>
    public static BlockHeader ReadHeader(ReadOnlySpan<byte> bytes, Network network)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, BlockHeader.Size, nameof(bytes));
        var header = new BlockHeader(bytes.ToArray(), network);

        // The hash is read many times and the header never changes.
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

            // NBitcoin ignores bytes after the end. The hashes cover the bytes that NBitcoin writes, so these must
            // equal the bytes read.
            return item.ToBytes().AsSpan().SequenceEqual(bytes);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or InvalidOperationException
            or InvalidDataException)
        {
            // NBitcoin throws these exceptions when the bytes end too early, or when a count, number or flag in them is
            // not possible.
            return false;
        }
    }
}
