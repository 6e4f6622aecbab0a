using ActorP2P.Protocol;
using static ActorP2P.Protocol.SettingCheck;

namespace ActorP2P;

/// <summary>How a node finds other nodes, and how many of them it keeps.</summary>
public sealed record DiscoverySettings
{
    /// <summary>The most DNS names.</summary>
    public const int MaxDnsNames = 16;

    // The node dials them one after the other.
    private const int MostBootstrap = 1024;

    // Each is a connection that other nodes have to accept.
    private const int MostOutbound = 64;

    /// <summary>
    /// Whether the node looks for others: <see cref="DiscoveryMode.Auto"/>, the default, means that it does if
    /// <see cref="Bootstrap"/> or <see cref="DnsNames"/> says where to begin.
    /// </summary>
    public DiscoveryMode Mode { get; init; }

    /// <summary>What the node is for.</summary>
    public NodeRole Role { get; init; }

    /// <summary>
    /// The nodes to begin with when no other addresses are known, at most 1,024: they are asked for addresses, and are
    /// not kept connected. <c>P2PNodeOptions.Bootstrap</c> has the nodes to keep connected.
    /// </summary>
    public IReadOnlyList<PeerAddress> Bootstrap { get; init; } = [];

    /// <summary>
    /// DNS names to begin with, at most <see cref="MaxDnsNames"/>: their A and AAAA records, with the port given here,
    /// the SRV records of <c>_actorp2p._tcp</c> below them, and node records as TXT records.
    /// </summary>
    public IReadOnlyList<PeerAddress> DnsNames { get; init; } = [];

    /// <summary>
    /// The connections that the node dials and keeps, over different networks; 0 to 64. Bitcoin Core's value.
    /// </summary>
    public int Outbound { get; init; } = 8;

    /// <summary>
    /// Whether private addresses and those of the own machine are taken from others, for networks within one house.
    /// </summary>
    public bool PrivateAddresses { get; init; }

    /// <summary>Whether the node looks for others.</summary>
    public bool IsOn => Mode == DiscoveryMode.On
        || (Mode == DiscoveryMode.Auto && (Bootstrap.Count > 0 || DnsNames.Count > 0));

    /// <summary>Checks that the values are valid.</summary>
    /// <exception cref="ArgumentException">
    /// A value is not; the message names it, the value and what is allowed.
    /// </exception>
    public DiscoverySettings Validated()
    {
        Require(Enum.IsDefined(Mode), nameof(Mode), Mode, "Auto, On or Off");
        Require(Enum.IsDefined(Role), nameof(Role), Role, "Normal or Discovery");
        Require(Outbound is >= 0 and <= MostOutbound, nameof(Outbound), Outbound, $"0 to {MostOutbound}");
        RequireDialable(Bootstrap, nameof(Bootstrap), MostBootstrap);
        RequireDialable(DnsNames, nameof(DnsNames), MaxDnsNames);
        foreach (PeerAddress name in DnsNames)
        {
            Require(NetworkGroup.KindOf(name) == AddressKind.Name && name.Id is null, nameof(DnsNames), name,
                "names with a port, without an id");
        }

        return this;
    }
}
