using System.Buffers.Binary;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A <see cref="Random"/> with a seed of 64 bits. The runtime's own has a seed of 31 bits, with which the streams of a
/// few seeds may coincide.
/// </summary>
/// <param name="seed">Every seed gives another sequence.</param>
internal sealed class RandomStream(ulong seed) : Random
{
    private SplitMix64 _numbers = new(seed);

    /// <inheritdoc/>
    public override int Next() => Next(0, int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue) => Next(0, maxValue);

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    /// <inheritdoc/>
    public override long NextInt64() => NextInt64(0, long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        ulong range = unchecked((ulong)maxValue - (ulong)minValue);

        // The high half of the product. Its deviation from uniform is less than one in 2^64 / range.
        return unchecked((long)(Math.BigMul(_numbers.Next(), range, out _) + (ulong)minValue));
    }

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer) => NextBytes((Span<byte>)buffer);

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        while (!buffer.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(number, _numbers.Next());
            int count = Math.Min(buffer.Length, number.Length);
            number[..count].CopyTo(buffer);
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override double NextDouble() => Sample();

    /// <inheritdoc/>
    public override float NextSingle() => (_numbers.Next() >> 40) * (1f / (1 << 24));

    /// <inheritdoc/>
    protected override double Sample() => (_numbers.Next() >> 11) * (1d / (1L << 53));
}
