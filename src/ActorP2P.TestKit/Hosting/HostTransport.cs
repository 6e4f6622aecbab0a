using System.Net;

namespace ActorP2P.TestKit;

/// <summary>The transport of a simulated host, which has one address: its name.</summary>
/// <param name="network">The transport of the network.</param>
/// <param name="host">The host's name.</param>
internal sealed class HostTransport(ITransport network, string host) : ITransport
{
    public IDisposable Listen(PeerAddress address, IAcceptSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        bool isLoopback = address.Host == "localhost"
            || (IPAddress.TryParse(address.Host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
        return network.Listen(isLoopback ? new PeerAddress(host, address.Port) : address, sink);
    }

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
        network.Dial(address, timeout, sink);
}
