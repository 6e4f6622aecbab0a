using System.Net;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>A port for one listening. Disposed, it leaves the port to the next, or to its end.</summary>
internal sealed class AkkaIoPortLease(AkkaIoPort port, IPEndPoint address) : IBoundAddress
{
    private bool _isDisposed;

    public PeerAddress Address { get; } = AkkaIoFaults.AddressOf(address);

    public void Open() => port.Open();

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            port.Leave();
        }
    }
}
