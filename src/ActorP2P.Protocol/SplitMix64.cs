namespace ActorP2P.Protocol;

/// <summary>
/// Random numbers from a seed of 64 bits, with a state of 8 bytes (SplitMix64:
/// Steele, Lea, Flood 2014). They serve for nonces and jitter, not for secrets.
/// </summary>
/// <param name="seed">Every seed gives another sequence.</param>
internal struct SplitMix64(ulong seed)
{
    private const ulong Step = 0x9e3779b97f4a7c15;

    private ulong _state = seed;

    /// <summary>The next number; all 64 bits are random.</summary>
    public ulong Next() => Finish(_state += Step);

    /// <summary>A number that looks unrelated to those of neighbouring values.</summary>
    public static ulong Mix(ulong value) => Finish(value + Step);

    private static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
