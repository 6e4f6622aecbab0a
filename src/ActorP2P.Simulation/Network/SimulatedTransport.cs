using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Simulation;

/// <summary>One host's way into a <see cref="SimulatedNetwork"/>.</summary>
internal sealed class SimulatedTransport(SimulatedNetwork network, SimulatedHost host) : ITransport
{
    public IListener Listen(PeerAddress address, IAcceptSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);

        // The usual "every address of mine" means the one name this host has.
        if (address.Host != host.Name && address.Host is not ("0.0.0.0" or "::"))
        {
            throw new TransportException(
                new TransportError(TransportFault.NameNotResolved, $"'{address.Host}' is not this host, '{host.Name}'"));
        }

        var bound = new PeerAddress(host.Name, address.Port == 0 ? host.FreePort() : address.Port);
        var listener = new SimulatedListener(host, bound, sink);
        return host.TryListen(listener)
            ? listener
            : throw new TransportException(new TransportError(TransportFault.AddressInUse, bound.ToString()));
    }

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);
        address.RequireDialable(nameof(address));
        WaitTime.Require(timeout, nameof(timeout));
        var dial = new SimulatedDial(network, host, address, sink);
        dial.Start(timeout);
        return dial;
    }
}
