using System.Buffers.Binary;
using System.Numerics;

namespace ActorP2P.Determinism;

/// <summary>
/// xoshiro256** (Blackman and Vigna): the same stream on every machine and every .NET version, which the seeded
/// System.Random does not promise for all of its methods.
/// </summary>
internal sealed class SeededRandom : Random
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public SeededRandom(ulong seed)
    {
        _s0 = StableHash.Mix(seed, 1);
        _s1 = StableHash.Mix(seed, 2);
        _s2 = StableHash.Mix(seed, 3);
        _s3 = StableHash.Mix(seed, 4);
    }

    public override int Next() => Next(int.MaxValue);

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Below((ulong)maxValue);
    }

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + (long)Below((ulong)((long)maxValue - minValue)));
    }

    public override long NextInt64() => NextInt64(long.MaxValue);

    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (long)Below((ulong)maxValue);
    }

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue + (long)Below((ulong)(maxValue - minValue));
    }

    public override double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public override float NextSingle() => (NextBits() >> 40) * (1.0f / (1U << 24));

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> word = stackalloc byte[8];
        while (buffer.Length > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, NextBits());
            int count = Math.Min(8, buffer.Length);
            word[..count].CopyTo(buffer);
            buffer = buffer[count..];
        }
    }

    protected override double Sample() => NextDouble();

    /// <summary>
    /// Lemire's multiplication without bias: it draws again when the low half falls into the short remainder.
    /// </summary>
    private ulong Below(ulong bound)
    {
        if (bound <= 1)
        {
            return 0;
        }
        ulong high = Math.BigMul(NextBits(), bound, out ulong low);
        if (low < bound)
        {
            ulong remainder = unchecked(0UL - bound) % bound;
            while (low < remainder)
            {
                high = Math.BigMul(NextBits(), bound, out low);
            }
        }
        return high;
    }

    private ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }
}
