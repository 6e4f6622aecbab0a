using System.Net;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// The right of one listening to use a port. When it is disposed, another listening may take the port over; otherwise
/// the port ends.
/// </summary>
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
