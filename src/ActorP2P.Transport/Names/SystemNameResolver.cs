using System.Net;

namespace ActorP2P.Transport;

/// <summary>Asks the operating system: its file of hosts, DNS, and whatever else it is set up to ask.</summary>
internal sealed class SystemNameResolver : INameResolver
{
    private SystemNameResolver()
    {
    }

    /// <summary>The one there is; it has no state.</summary>
    public static SystemNameResolver Instance { get; } = new();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
}
