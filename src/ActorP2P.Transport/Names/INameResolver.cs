using System.Net;

namespace ActorP2P;

/// <summary>Finds the addresses that a host name stands for.</summary>
public interface INameResolver
{
    /// <summary>Looks a name up.</summary>
    /// <param name="host">A name; the resolver is not asked for IP addresses.</param>
    /// <param name="cancellationToken">
    /// Cancelled when the time is over or the result is no longer needed. The caller then continues without an answer.
    /// </param>
    /// <returns>All addresses of the name, the preferred one first; empty when it has none.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The name could not be looked up.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
