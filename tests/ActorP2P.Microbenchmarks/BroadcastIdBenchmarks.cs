using ActorP2P.Protocol;
using BenchmarkDotNet.Attributes;

namespace ActorP2P.Microbenchmarks;

/// <summary>Computes the id of a broadcast, as the sender and every receiver do.</summary>
public class BroadcastIdBenchmarks
{
    private byte[] _payload = [];

    /// <summary>The length of the payload in bytes.</summary>
    [Params(32, 1024)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Prepare() => _payload = new byte[Size];

    [Benchmark]
    public BroadcastId Compute() => BroadcastId.Of("bench", 0x4201, 1, _payload);
}
