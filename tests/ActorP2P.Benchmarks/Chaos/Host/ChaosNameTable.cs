using System.Collections.Concurrent;
using System.Net;
using ActorP2P.Transport;

namespace ActorP2P.Benchmarks;

/// <summary>Resolves the names of the run's nodes. The addresses change during the run.</summary>
internal sealed class ChaosNameTable : INameResolver
{
    private readonly ConcurrentDictionary<string, IPAddress> _addresses = new();

    /// <summary>Sets the address to which a name resolves from now on.</summary>
    public void Set(string host, IPAddress address) => _addresses[host] = address;

    /// <inheritdoc/>
    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IPAddress>>(
            _addresses.TryGetValue(host, out IPAddress? address) ? [address] : []);
}
