using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>One host's way into a <see cref="MemoryNetwork"/>.</summary>
internal sealed class MemoryTransport(MemoryNetwork network, string host) : ITransport
{
    public IListener Listen(PeerAddress address, IAcceptSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);

        // The usual "every address of mine" means the one name this host has.
        bool isMine = address.Host == host || address.Host is "0.0.0.0" or "::";
        if (!isMine)
        {
            throw new TransportException(
                new TransportError(TransportFault.NameNotResolved, $"'{address.Host}' is not this host, '{host}'"));
        }

        return network.TryListen(new PeerAddress(host, address.Port), sink)
            ?? throw new TransportException(new TransportError(TransportFault.AddressInUse, $"{host}:{address.Port}"));
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
