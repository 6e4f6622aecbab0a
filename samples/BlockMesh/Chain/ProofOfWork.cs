using System.Numerics;

namespace BlockMesh.Chain;

/// <summary>Compact targets ("bits"), and whether a hash meets one.</summary>
public static class ProofOfWork
{
    // The compact form is a base-256 floating-point number: one byte of exponent, a sign bit, 23 bits of mantissa.
    private const uint MantissaMask = 0x007fffff;
    private const uint SignBit = 0x00800000;
    private const int MantissaBytes = 3;

    /// <summary>Expands a compact target.</summary>
    /// <param name="bits">The field of a header.</param>
    /// <param name="target">The largest hash that is work enough.</param>
    /// <returns>False for the forms no header may carry: negative, zero, or above 256 bits.</returns>
    public static bool TryExpand(uint bits, out BigInteger target)
    {
        int exponent = (int)(bits >> 24);
        uint mantissa = bits & MantissaMask;
        target = exponent <= MantissaBytes
            ? mantissa >> (8 * (MantissaBytes - exponent))
            : (BigInteger)mantissa << (8 * (exponent - MantissaBytes));

        return (bits & SignBit) == 0 && !target.IsZero && target.GetBitLength() <= 8 * Hash256.Size;
    }

    /// <summary>Whether <paramref name="header"/> meets its own target, and that target is no easier than a limit.</summary>
    /// <param name="header">Any header.</param>
    /// <param name="easiestBits">
    /// The easiest target of the chain, in compact form; without it anyone could name a target that asks for no work.
    /// </param>
    public static bool Holds(BlockHeader header, uint easiestBits)
    {
        ArgumentNullException.ThrowIfNull(header);
        return TryExpand(header.Bits, out BigInteger target)
            && TryExpand(easiestBits, out BigInteger easiest)
            && target <= easiest
            && header.Hash.ToNumber() <= target;
    }
}
