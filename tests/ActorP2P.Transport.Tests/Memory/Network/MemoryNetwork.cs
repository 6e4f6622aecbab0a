using System.Net;
using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>
/// A network within this process. Hosts are names, every link has the same latency, and nothing is lost. Everything
/// happens in callbacks of timers of its clock, so a virtual clock controls every event.
/// </summary>
internal sealed class MemoryNetwork
{
    // The first of the ports that IANA leaves to programs (RFC 6335). They are used for listeners on port 0 and for
    // dialling hosts.
    private const int FirstDynamicPort = 49_152;

    private readonly Lock _lock = new();
    private readonly Dictionary<PeerAddress, MemoryListener> _listeners = [];
    private readonly Dictionary<string, int> _nextPorts = new(StringComparer.Ordinal);
    private readonly DelayLine<MemoryDial> _dials;

    /// <summary>Creates a network.</summary>
    /// <param name="time">Its clock.</param>
    /// <param name="latency">The latency in one direction; zero or more.</param>
    public MemoryNetwork(TimeProvider time, TimeSpan latency)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(latency, TimeSpan.Zero);
        Time = time;
        Latency = latency;
        _dials = new DelayLine<MemoryDial>(time, latency, static dial => dial.Arrive());
    }

    internal TimeProvider Time { get; }

    internal TimeSpan Latency { get; }

    /// <summary>Creates the transport of a host in this network.</summary>
    /// <param name="host">The name of the host; any text that is valid as the host of an address.</param>
    public ITransport CreateTransport(string host) => new MemoryTransport(this, new PeerAddress(host, 0).Host);

    /// <summary>Sends a dial, or the answer to one.</summary>
    internal void Send(MemoryDial dial) => _dials.Add(dial);

    internal MemoryListener? FindListener(PeerAddress address)
    {
        lock (_lock)
        {
            return _listeners.GetValueOrDefault(address);
        }
    }

    /// <summary>Registers a listener; null when the address is in use.</summary>
    internal PeerAddress? TryListen(PeerAddress wanted, MemoryListener listener)
    {
        lock (_lock)
        {
            PeerAddress address = wanted.Port == 0 ? FreePort(wanted.Host) : wanted;
            listener.Address = _listeners.TryAdd(address, listener) ? address : null;
            return listener.Address;
        }
    }

    internal void Remove(MemoryListener listener)
    {
        lock (_lock)
        {
            // A listener that is disposed twice must not remove another listener.
            if (listener.Address is { } address && _listeners.GetValueOrDefault(address) == listener)
            {
                _listeners.Remove(address);
            }
        }
    }

    /// <summary>The address from which <paramref name="host"/> dials.</summary>
    internal PeerAddress TakePort(string host)
    {
        lock (_lock)
        {
            return FreePort(host);
        }
    }

    private PeerAddress FreePort(string host)
    {
        int port = _nextPorts.GetValueOrDefault(host, FirstDynamicPort);
        for (int tries = FirstDynamicPort; tries <= IPEndPoint.MaxPort; tries++)
        {
            var address = new PeerAddress(host, port);
            port = port == IPEndPoint.MaxPort ? FirstDynamicPort : port + 1;
            if (!_listeners.ContainsKey(address))
            {
                _nextPorts[host] = port;
                return address;
            }
        }

        throw new TransportException(new TransportError(TransportFault.AddressInUse, $"no port of '{host}' is free"));
    }
}
