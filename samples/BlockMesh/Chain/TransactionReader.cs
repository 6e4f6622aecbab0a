using System.Buffers;

namespace BlockMesh.Chain;

/// <summary>Reads one transaction out of the bytes of a block, in the form before segwit or that of BIP 144.</summary>
internal static class TransactionReader
{
    /// <summary>Version, one input, one output, lock time: nothing valid is shorter.</summary>
    public const int LeastSize = 4 + 1 + LeastInputSize + 1 + LeastOutputSize + LockTimeSize;

    private const int VersionSize = 4;
    private const int LockTimeSize = 4;
    private const int OutPointSize = 36;
    private const int SequenceSize = 4;
    private const int ValueSize = 8;
    private const int LeastInputSize = OutPointSize + 1 + SequenceSize;
    private const int LeastOutputSize = ValueSize + 1;

    // BIP 144: a count of no inputs is impossible, so that byte marks the extended form; the flag after it is 1.
    private const byte SegwitMarker = 0;
    private const byte SegwitFlag = 1;

    // BIP 141: OP_RETURN, a push of 36 bytes, and the four bytes that tell a commitment from other data.
    private static ReadOnlySpan<byte> CommitmentPrefix => [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed];

    // A coinbase spends no output: the hash is zero and the index all ones.
    private static ReadOnlySpan<byte> NoOutPoint =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0xff, 0xff, 0xff, 0xff,
    ];

    /// <summary>Reads the transaction at the reader's position.</summary>
    /// <param name="source">The bytes the reader runs over.</param>
    /// <param name="reader">Left behind the transaction, when there is one.</param>
    /// <param name="transaction">The transaction.</param>
    public static bool TryRead(ReadOnlySpan<byte> source, ref ByteReader reader, out Transaction? transaction)
    {
        transaction = null;
        int start = reader.Position;
        if (!reader.TrySkip(VersionSize) || !TryReadForm(ref reader, out bool segwit))
        {
            return false;
        }

        int bodyStart = reader.Position;
        if (!TryReadInputs(ref reader, out int inputs, out bool coinbase)
            || !TryReadOutputs(ref reader, out Hash256? commitment))
        {
            return false;
        }

        int bodyEnd = reader.Position;
        Hash256? reserved = null;
        if ((segwit && !TryReadWitnesses(ref reader, inputs, out reserved)) || !reader.TrySkip(LockTimeSize))
        {
            return false;
        }

        ReadOnlySpan<byte> whole = source[start..reader.Position];
        Hash256 witnessId = Hash256.Of(whole);
        Hash256 id = segwit ? HashWithoutWitness(whole, source[bodyStart..bodyEnd]) : witnessId;
        transaction = new Transaction(id, witnessId, segwit, coinbase ? new CoinbaseParts(commitment, reserved) : null);
        return true;
    }

    private static bool TryReadForm(ref ByteReader reader, out bool segwit)
    {
        segwit = reader.Peek() == SegwitMarker;
        return !segwit || (reader.TrySkip(1) && reader.TryTake(1, out ReadOnlySpan<byte> flag) && flag[0] == SegwitFlag);
    }

    private static bool TryReadInputs(ref ByteReader reader, out int count, out bool coinbase)
    {
        coinbase = false;
        if (!reader.TryReadCount(LeastInputSize, out count) || count == 0)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (!reader.TryTake(OutPointSize, out ReadOnlySpan<byte> outPoint)
                || !reader.TryReadRun(out _)
                || !reader.TrySkip(SequenceSize))
            {
                return false;
            }

            coinbase = count == 1 && outPoint.SequenceEqual(NoOutPoint);
        }

        return true;
    }

    private static bool TryReadOutputs(ref ByteReader reader, out Hash256? commitment)
    {
        commitment = null;
        if (!reader.TryReadCount(LeastOutputSize, out int count) || count == 0)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (!reader.TrySkip(ValueSize) || !reader.TryReadRun(out ReadOnlySpan<byte> script))
            {
                return false;
            }

            if (script.Length >= CommitmentPrefix.Length + Hash256.Size && script.StartsWith(CommitmentPrefix))
            {
                // More than one output may look like a commitment; BIP 141 says that the last one is it.
                commitment = new Hash256(script.Slice(CommitmentPrefix.Length, Hash256.Size));
            }
        }

        return true;
    }

    private static bool TryReadWitnesses(ref ByteReader reader, int inputs, out Hash256? reserved)
    {
        reserved = null;
        bool any = false;
        for (int i = 0; i < inputs; i++)
        {
            if (!reader.TryReadCount(leastBytesEach: 1, out int items))
            {
                return false;
            }

            any |= items > 0;
            for (int item = 0; item < items; item++)
            {
                if (!reader.TryReadRun(out ReadOnlySpan<byte> bytes))
                {
                    return false;
                }

                reserved = inputs == 1 && items == 1 && bytes.Length == Hash256.Size ? new Hash256(bytes) : null;
            }
        }

        // The extended form without a single witness would be a second encoding of the same transaction.
        return any;
    }

    private static Hash256 HashWithoutWitness(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> body)
    {
        int length = VersionSize + body.Length + LockTimeSize;
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Span<byte> stripped = rented.AsSpan(0, length);
            whole[..VersionSize].CopyTo(stripped);
            body.CopyTo(stripped[VersionSize..]);
            whole[^LockTimeSize..].CopyTo(stripped[^LockTimeSize..]);
            return Hash256.Of(stripped);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
