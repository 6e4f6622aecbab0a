using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace BlockMesh.Chain;

/// <summary>A double SHA-256, the hash by which headers, blocks and transactions are known.</summary>
public readonly record struct Hash256
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;
    private readonly ulong _word3;

    /// <summary>Takes the 32 bytes as they lie on the wire.</summary>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size, nameof(bytes));
        _word0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        _word1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        _word2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        _word3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
    }

    /// <summary>Hashes <paramref name="data"/> with SHA-256, and the result once more.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Size];
        SHA256.HashData(data, digest);
        SHA256.HashData(digest, digest);
        return new Hash256(digest);
    }

    /// <summary>Hashes two hashes side by side: one inner node of a merkle tree.</summary>
    public static Hash256 OfPair(Hash256 left, Hash256 right)
    {
        Span<byte> pair = stackalloc byte[2 * Size];
        left.CopyTo(pair);
        right.CopyTo(pair[Size..]);
        return Of(pair);
    }

    /// <summary>Reads the form people use: hex, the last byte first.</summary>
    /// <exception cref="FormatException">The text is not 64 hex digits.</exception>
    public static Hash256 Parse(string text)
    {
        byte[] bytes = Convert.FromHexString(text);
        if (bytes.Length != Size)
        {
            throw new FormatException($"A hash has {2 * Size} hex digits, not {text.Length}.");
        }

        Array.Reverse(bytes);
        return new Hash256(bytes);
    }

    /// <summary>Writes the 32 bytes as they lie on the wire.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _word0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _word1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], _word2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], _word3);
    }

    /// <summary>The number that proof of work compares with a target: the bytes read as little-endian.</summary>
    public BigInteger ToNumber()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }

    /// <summary>Hex, the last byte first, so that proof of work shows as leading zeros.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        bytes.Reverse();
        return Convert.ToHexStringLower(bytes);
    }
}
