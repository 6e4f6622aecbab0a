using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Benchmarks;

/// <summary>A listener whose end never comes.</summary>
internal sealed class PlantedListener(IListener inner) : IListener
{
    public PeerAddress LocalAddress => inner.LocalAddress;

    public void Dispose()
    {
        inner.Dispose();
        using ManualResetEventSlim never = new();
        never.Wait();
    }
}
