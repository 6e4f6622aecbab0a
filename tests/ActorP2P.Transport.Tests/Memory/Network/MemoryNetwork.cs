using System.Net;
using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>
/// A network within this process: hosts are names, every link has the same latency, nothing is lost. All that happens
/// on it happens in callbacks of its clock's timers, so a virtual clock decides about every event.
/// </summary>
internal sealed class MemoryNetwork
{
    // The first of the ports that IANA leaves to programs (RFC 6335): for listeners on port 0, and for who dials.
    private const int FirstDynamicPort = 49_152;

    private readonly Lock _lock = new();
    private readonly Dictionary<PeerAddress, MemoryListener> _listeners = [];
    private readonly Dictionary<string, int> _nextPorts = new(StringComparer.Ordinal);
    private readonly DelayLine<MemoryDial> _dials;

    /// <summary>Makes a network.</summary>
    /// <param name="time">Its clock.</param>
    /// <param name="latency">The time one way of everything takes; zero or more.</param>
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

    /// <summary>The transport of a host in this network.</summary>
    /// <param name="host">Its name; any text that is a host in an address.</param>
    public ITransport CreateTransport(string host) => new MemoryTransport(this, new PeerAddress(host, 0).Host);

    /// <summary>Puts a dial, or the answer to one, on its way.</summary>
    internal void Send(MemoryDial dial) => _dials.Add(dial);

    internal MemoryListener? FindListener(PeerAddress address)
    {
        lock (_lock)
        {
            return _listeners.GetValueOrDefault(address);
        }
    }

    /// <summary>Registers a listener; null when the address is taken.</summary>
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
            // Disposed twice, a listener must not take another's place away.
            if (listener.Address is { } address && _listeners.GetValueOrDefault(address) == listener)
            {
                _listeners.Remove(address);
            }
        }
    }

    /// <summary>The address that a dial of <paramref name="host"/> comes from.</summary>
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
