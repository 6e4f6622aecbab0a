using System.Diagnostics.CodeAnalysis;

namespace BlockMesh.Chain;

/// <summary>A header and its transactions. Well formed; whether it is valid is for <see cref="BlockJudge"/> to say.</summary>
public sealed class Block
{
    /// <summary>The longest block in bytes: the limit of weight of BIP 141, where a byte of witness weighs one.</summary>
    public const int MaxSize = 4_000_000;

    /// <summary>The shortest block in bytes: a header, a count, and the smallest transaction.</summary>
    public const int MinSize = BlockHeader.Size + 1 + TransactionReader.LeastSize;

    private Block(BlockHeader header, IReadOnlyList<Transaction> transactions)
    {
        Header = header;
        Transactions = transactions;
    }

    /// <summary>The header.</summary>
    public BlockHeader Header { get; }

    /// <summary>All transactions, at least one.</summary>
    public IReadOnlyList<Transaction> Transactions { get; }

    /// <summary>Reads a block that takes up all of <paramref name="bytes"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [MaybeNullWhen(false)] out Block block)
    {
        block = null;
        if (bytes.Length is < MinSize or > MaxSize)
        {
            return false;
        }

        var reader = new ByteReader(bytes);
        if (!reader.TryTake(BlockHeader.Size, out ReadOnlySpan<byte> header)
            || !reader.TryReadCount(TransactionReader.LeastSize, out int count)
            || count == 0)
        {
            return false;
        }

        var transactions = new List<Transaction>(count);
        for (int i = 0; i < count; i++)
        {
            if (!TransactionReader.TryRead(bytes, ref reader, out Transaction? transaction))
            {
                return false;
            }

            transactions.Add(transaction!);
        }

        if (reader.Remaining != 0)
        {
            return false;
        }

        block = new Block(BlockHeader.Read(header), transactions);
        return true;
    }
}
