using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>The transport of one host in a <see cref="MemoryNetwork"/>.</summary>
internal sealed class MemoryTransport(MemoryNetwork network, string host) : ITransport
{
    public IDisposable Listen(PeerAddress address, IAcceptSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);
        var listener = new MemoryListener(network, sink);

        // The usual "all addresses of this host" means the one name of this host.
        if (address.Host != host && address.Host is not ("0.0.0.0" or "::"))
        {
            sink.OnListenFailed(
                new TransportError(TransportFault.NameNotResolved, $"'{address.Host}' is not this host, '{host}'"));
        }
        else if (network.TryListen(new PeerAddress(host, address.Port), listener) is { } bound)
        {
            sink.OnListening([bound]);
        }
        else
        {
            sink.OnListenFailed(new TransportError(TransportFault.AddressInUse, $"{host}:{address.Port}"));
        }

        return listener;
    }

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);
        address.RequireDialable(nameof(address));
        WaitTime.Require(timeout, nameof(timeout));
        var dial = new MemoryDial(network, network.TakePort(host), address, sink);
        dial.Start(timeout);
        return dial;
    }
}
