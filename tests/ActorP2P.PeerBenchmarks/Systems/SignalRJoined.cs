using ActorP2P.Benchmarks;

namespace ActorP2P.PeerBenchmarks;

/// <summary>Counts the connections of a SignalR hub.</summary>
internal sealed class SignalRJoined
{
    public Counter Counter { get; } = new();
}
