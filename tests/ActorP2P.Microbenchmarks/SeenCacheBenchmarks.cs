using ActorP2P.Protocol;
using BenchmarkDotNet.Attributes;

namespace ActorP2P.Microbenchmarks;

/// <summary>
/// Looks up ids in a full cache and adds them, so that each removes the oldest of its source. The time is for one id.
/// </summary>
public class SeenCacheBenchmarks
{
    private const int Capacity = 100_000;
    private const int Sources = 100;
    private const int Ids = 1000;

    // Real ids are hashes. Adjacent numbers would be adjacent in the dictionary too.
    private const ulong Spread = 0x9E3779B97F4A7C15;

    // The ids are looked up in turn, with a distance between two of them; otherwise they would be in the processor's
    // cache.
    private const ulong Stride = 7919;

    private readonly SeenCache _cache = new(Capacity, Capacity / Sources, TimeSpan.FromMinutes(2));
    private ulong _next;
    private ulong _asked;

    [GlobalSetup]
    public void Fill()
    {
        while (_cache.Count < Capacity)
        {
            AddToFull();
        }
    }

    [Benchmark(OperationsPerInvoke = Ids)]
    public int FindKnown() => Find(_next - Capacity);

    [Benchmark(OperationsPerInvoke = Ids)]
    public int FindUnknown() => Find(_next);

    [Benchmark(OperationsPerInvoke = Ids)]
    public int AddToFull()
    {
        for (int i = 0; i < Ids; i++)
        {
            _cache.Add(TimeSpan.Zero, IdOf(_next), (long)(_next % Sources));
            _next++;
        }

        return _cache.Count;
    }

    private int Find(ulong first)
    {
        int found = 0;
        for (int i = 0; i < Ids; i++)
        {
            _asked = (_asked + Stride) % Capacity;
            found += _cache.Find(IdOf(first + _asked)) is null ? 0 : 1;
        }

        return found;
    }

    private static BroadcastId IdOf(ulong number) => new(number, (number * Spread) >> 20);
}
