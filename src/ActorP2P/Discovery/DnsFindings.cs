namespace ActorP2P;

/// <summary>What a DNS name says of nodes. A node uses at most 32 addresses and 32 texts of a name.</summary>
public sealed record DnsFindings
{
    /// <summary>IP addresses with ports.</summary>
    public IReadOnlyList<PeerAddress> Addresses { get; init; } = [];

    /// <summary>Texts, each with its parts joined. Those that are no node records are ignored.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}
