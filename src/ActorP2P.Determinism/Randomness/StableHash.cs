using System.Buffers.Binary;
using System.Numerics;

namespace ActorP2P.Determinism;

/// <summary>Hashes that are the same in every process: FNV-1a for text, the SplitMix64 finalizer for mixing.</summary>
internal static class StableHash
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    public static ulong Of(string text)
    {
        ulong hash = FnvOffset;
        foreach (char letter in text)
        {
            hash = (hash ^ letter) * FnvPrime;
        }
        return Finish(hash);
    }

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = FnvOffset ^ (ulong)bytes.Length;
        if (bytes.Length >= 64)
        {
            // Four chains side by side: within one chain, each multiplication waits for the previous one.
            ulong first = hash;
            ulong second = hash ^ GoldenGamma;
            ulong third = hash * FnvPrime;
            ulong fourth = ~hash;
            for (; bytes.Length >= 32; bytes = bytes[32..])
            {
                first = Step(first, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                second = Step(second, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
                third = Step(third, BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
                fourth = Step(fourth, BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
            }
            hash = Mix(Mix(Mix(first, second), third), fourth);
        }
        while (bytes.Length >= 8)
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        foreach (byte value in bytes)
        {
            hash = (hash ^ value) * FnvPrime;
        }
        return Finish(hash);
    }

    private static ulong Step(ulong hash, ulong value) =>
        BitOperations.RotateLeft((hash ^ value) * 0xBF58476D1CE4E5B9, 29);

    public static ulong Mix(ulong hash, ulong value) => Finish((hash ^ value) + GoldenGamma);

    private static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
