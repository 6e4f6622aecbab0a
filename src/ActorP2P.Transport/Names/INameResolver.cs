using System.Net;

namespace ActorP2P;

/// <summary>Finds the addresses that a host name stands for.</summary>
public interface INameResolver
{
    /// <summary>Looks a name up.</summary>
    /// <param name="host">A name; IP addresses are not asked for.</param>
    /// <param name="cancellationToken">
    /// The time is over, or nobody waits any more. Whoever asks goes on without an answer then.
    /// </param>
    /// <returns>All addresses of the name, the preferred first; empty when it has none.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The name could not be looked up.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
