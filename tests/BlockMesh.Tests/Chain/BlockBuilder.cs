using System.Buffers.Binary;
using BlockMesh.Chain;

namespace BlockMesh.Tests.Chain;

/// <summary>Makes small blocks by hand, with a target that half of all hashes meet.</summary>
internal static class BlockBuilder
{
    /// <summary>Every second hash is work enough: the target of Bitcoin's regression-test network.</summary>
    public const uint EasyBits = 0x207fffff;

    public static ChainRules Rules { get; } = new()
    {
        Name = "easy",
        GenesisHash = default,
        Bits = EasyBits,
        MaxHeaders = 100,
    };

    /// <summary>A coinbase with the given output scripts, and witness items if there are any.</summary>
    public static byte[] Coinbase(byte[][] scripts, byte[][]? witness = null) =>
        Write(new byte[32], uint.MaxValue, scripts, witness);

    /// <summary>A payment that spends an output of the transaction whose hash is all <paramref name="spent"/>.</summary>
    public static byte[] Payment(byte spent, byte[][]? witness = null)
    {
        byte[] hash = new byte[32];
        hash.AsSpan().Fill(spent);
        return Write(hash, 0, [[0x51]], witness);
    }

    /// <summary>The script of a witness commitment.</summary>
    public static byte[] Commitment(Hash256 root, byte[] reserved)
    {
        byte[] hash = new byte[32];
        Hash256.OfPair(root, new Hash256(reserved)).CopyTo(hash);
        return [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed, .. hash];
    }

    /// <summary>A block with a root over the given ids and enough work; the transactions need not be those of the root.</summary>
    public static byte[] Mine(Hash256[] ids, params byte[][] transactions)
    {
        byte[] header = new byte[BlockHeader.Size];
        MerkleTree.Root(ids, out _).CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(72), EasyBits);
        for (uint nonce = 0; !ProofOfWork.Holds(BlockHeader.Read(header), EasyBits); nonce++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(76), nonce);
        }

        return [.. header, (byte)transactions.Length, .. transactions.SelectMany(bytes => bytes)];
    }

    private static byte[] Write(byte[] spent, uint index, byte[][] scripts, byte[][]? witness)
    {
        var bytes = new List<byte> { 1, 0, 0, 0 };
        if (witness is not null)
        {
            bytes.AddRange([0, 1]);
        }

        bytes.Add(1);
        bytes.AddRange(spent);
        bytes.AddRange(BitConverter.GetBytes(index));
        bytes.Add(0);
        bytes.AddRange([0xff, 0xff, 0xff, 0xff]);
        bytes.Add((byte)scripts.Length);
        foreach (byte[] script in scripts)
        {
            bytes.AddRange(new byte[8]);
            bytes.Add((byte)script.Length);
            bytes.AddRange(script);
        }

        if (witness is not null)
        {
            bytes.Add((byte)witness.Length);
            foreach (byte[] item in witness)
            {
                bytes.Add((byte)item.Length);
                bytes.AddRange(item);
            }
        }

        bytes.AddRange(new byte[4]);
        return [.. bytes];
    }
}
