using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Simulation;

/// <summary>The transport of one host of a <see cref="SimulatedNetwork"/>.</summary>
internal sealed class SimulatedTransport(SimulatedNetwork network, SimulatedHost host) : ITransport, IHandshake
{
    /// <summary>The handshake of a node that was given no other.</summary>
    public ITransport Over(ITransport inner, NodeIdentity identity) =>
        network.CreateHandshake(host.Key, host.Epoch).Over(inner, identity);

    public IDisposable Listen(PeerAddress address, IAcceptSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);
        var bound = new PeerAddress(host.Name, address.Port == 0 ? host.FreePort() : address.Port);
        var listener = new SimulatedListener(host, bound, sink);

        // The usual "every address of this machine" stands for the one name that this host has.
        if (address.Host != host.Name && address.Host is not ("0.0.0.0" or "::"))
        {
            sink.OnListenFailed(
                new TransportError(TransportFault.NameNotResolved,
                    $"'{address.Host}' is not this host, '{host.Name}'"));
        }
        else if (host.TryListen(listener))
        {
            sink.OnListening([bound]);
        }
        else
        {
            sink.OnListenFailed(new TransportError(TransportFault.AddressInUse, bound.ToString()));
        }

        return listener;
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
