using ActorP2P.Benchmarks;

namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// What the handler of one receiver has got: each message is counted and checked. A message is wrong if it has another
/// length than expected, or does not end with <see cref="Mark"/>.
/// </summary>
/// <param name="length">The expected length in bytes.</param>
internal sealed class Arrivals(int length)
{
    /// <summary>The last byte of each payload.</summary>
    public const byte Mark = 0xA7;

    private readonly Counter _counter = new();
    private long _wrong;

    /// <summary>The number of wrong messages.</summary>
    public long Wrong => Interlocked.Read(ref _wrong);

    /// <summary>Creates bytes to send.</summary>
    public static byte[] Payload(int length)
    {
        byte[] payload = new byte[length];
        payload[^1] = Mark;
        return payload;
    }

    /// <summary>Counts a message.</summary>
    public void Take(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != length || payload[^1] != Mark)
        {
            Interlocked.Increment(ref _wrong);
        }

        _counter.Add(1);
    }

    /// <summary>Starts to count at zero again.</summary>
    public void Reset() => _counter.Reset();

    /// <summary>Waits for the message with this number.</summary>
    public Task ReachAsync(long count) => _counter.ReachAsync(count);
}
