using System.Net;

namespace ActorP2P.Transport;

/// <summary>Resolves names by the operating system: its hosts file, DNS, and its other configured sources.</summary>
internal sealed class SystemNameResolver : INameResolver
{
    private SystemNameResolver()
    {
    }

    /// <summary>The only instance; it has no state.</summary>
    public static SystemNameResolver Instance { get; } = new();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
}
