using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>Two connected ends of a network in virtual time.</summary>
internal sealed class MemoryPair
{
    public MemoryPair(TimeSpan latency = default)
    {
        var network = new MemoryNetwork(Time, latency);
        var sinks = new ConnectionSinks();
        network.CreateTransport("beta").Listen(new PeerAddress("beta", 1), sinks);
        network.CreateTransport("alpha").Dial(sinks.Listening.Result, TimeSpan.FromSeconds(5), sinks);
        Time.Advance(latency * 2);
        Alpha = sinks.Dialled.Result;
        Beta = sinks.Accepted.Result;
    }

    public VirtualTime Time { get; } = new();

    public IConnection Alpha { get; }

    public IConnection Beta { get; }
}
