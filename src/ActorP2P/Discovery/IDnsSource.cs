namespace ActorP2P;

/// <summary>Looks up DNS names that say where nodes are.</summary>
public interface IDnsSource
{
    /// <summary>
    /// Looks up a name: its A and AAAA records, the SRV records of <c>_actorp2p._tcp</c> below it, and its TXT records.
    /// </summary>
    /// <param name="name">The name, with the port for the addresses of its A and AAAA records.</param>
    /// <param name="cancellationToken">
    /// Cancelled when the time is over. The node then goes on without an answer, whatever comes later.
    /// </param>
    /// <returns>What was found; empty when the name has nothing.</returns>
    Task<DnsFindings> FindAsync(PeerAddress name, CancellationToken cancellationToken);
}
