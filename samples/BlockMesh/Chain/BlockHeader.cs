using System.Buffers.Binary;

namespace BlockMesh.Chain;

/// <summary>The 80 bytes that link a block to its parent and carry its proof of work.</summary>
public sealed class BlockHeader
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 80;

    private BlockHeader(ReadOnlySpan<byte> bytes)
    {
        Version = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        PreviousHash = new Hash256(bytes.Slice(4, Hash256.Size));
        MerkleRoot = new Hash256(bytes.Slice(36, Hash256.Size));
        Timestamp = BinaryPrimitives.ReadUInt32LittleEndian(bytes[68..]);
        Bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[72..]);
        Nonce = BinaryPrimitives.ReadUInt32LittleEndian(bytes[76..]);
        Hash = Hash256.Of(bytes);
    }

    /// <summary>The version of the rules the miner followed.</summary>
    public int Version { get; }

    /// <summary>The hash of the header before this one; zero in a genesis header.</summary>
    public Hash256 PreviousHash { get; }

    /// <summary>What all transactions of the block hash to.</summary>
    public Hash256 MerkleRoot { get; }

    /// <summary>Seconds since 1970, as the miner says.</summary>
    public uint Timestamp { get; }

    /// <summary>The target in compact form.</summary>
    public uint Bits { get; }

    /// <summary>What the miner varied to find the hash.</summary>
    public uint Nonce { get; }

    /// <summary>The double SHA-256 of the 80 bytes.</summary>
    public Hash256 Hash { get; }

    /// <summary>Reads exactly 80 bytes; every such run of bytes is a header, if seldom a valid one.</summary>
    public static BlockHeader Read(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size, nameof(bytes));
        return new BlockHeader(bytes);
    }

    /// <summary>Writes the 80 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination, Version);
        PreviousHash.CopyTo(destination[4..]);
        MerkleRoot.CopyTo(destination[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[68..], Timestamp);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[72..], Bits);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[76..], Nonce);
    }
}
