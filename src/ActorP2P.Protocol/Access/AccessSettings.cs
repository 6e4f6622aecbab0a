using System.Net;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Which nodes and addresses may be peers, by proven node id and by IP address, and which peers may use which services.
/// A deny list takes precedence over an allow list. An empty allow list admits all.
/// </summary>
public sealed record AccessSettings
{
    /// <summary>The most entries of one list, far more than anybody writes by hand.</summary>
    public const int MaxEntries = 65_536;

    /// <summary>
    /// The nodes that may be peers; empty admits all. It needs encryption, because ids are proven only with encryption.
    /// </summary>
    public IReadOnlyList<NodeId> AllowNodes { get; init; } = [];

    /// <summary>The nodes that may not be peers. It needs encryption.</summary>
    public IReadOnlyList<NodeId> DenyNodes { get; init; } = [];

    /// <summary>
    /// The networks or single addresses that may be peers, such as <c>10.0.0.0/8</c> or <c>2001:db8::/32</c>; empty
    /// admits all.
    /// </summary>
    public IReadOnlyList<string> AllowNetworks { get; init; } = [];

    /// <summary>The networks or single addresses that may not be peers.</summary>
    public IReadOnlyList<string> DenyNetworks { get; init; } = [];

    /// <summary>
    /// The names of the services that every peer may use, whatever access they were registered with. A service in none
    /// of the three lists keeps the access that it was registered with.
    /// </summary>
    public IReadOnlyList<string> OpenServices { get; init; } = [];

    /// <summary>The names of the services for members (<see cref="ServiceAccess.Member"/>).</summary>
    public IReadOnlyList<string> MemberServices { get; init; } = [];

    /// <summary>
    /// The names of the services for peers that have logged in (<see cref="ServiceAccess.LoggedIn"/>).
    /// </summary>
    public IReadOnlyList<string> LoginServices { get; init; } = [];

    /// <summary>
    /// How long the program may take to admit a peer (<c>ProtocolBuilder.AdmitPeers</c> and its like). A peer that it
    /// has not admitted by then is refused.
    /// </summary>
    public TimeSpan AdmissionTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a rule concerns node ids.</summary>
    public bool NeedsProof => AllowNodes.Count > 0 || DenyNodes.Count > 0;

    /// <summary>Checks that each value is allowed.</summary>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names it and says what is allowed.
    /// </exception>
    public AccessSettings Validated()
    {
        Require(AllowNodes, nameof(AllowNodes));
        Require(DenyNodes, nameof(DenyNodes));
        RequireNetworks(AllowNetworks, nameof(AllowNetworks));
        RequireNetworks(DenyNetworks, nameof(DenyNetworks));
        HashSet<string> named = new(StringComparer.Ordinal);
        RequireServices(OpenServices, nameof(OpenServices), named);
        RequireServices(MemberServices, nameof(MemberServices), named);
        RequireServices(LoginServices, nameof(LoginServices), named);
        WaitTime.Require(AdmissionTimeout, nameof(AdmissionTimeout));
        return this;
    }

    /// <summary>Parses a network in CIDR notation, or a single address.</summary>
    internal static bool TryParse(string? text, out IPNetwork network)
    {
        network = default;
        string host = text?.Split('/')[0] ?? "";
        bool isAddress = IPAddress.TryParse(host, out IPAddress? address);

        // The base library also reads 10, 10.1 and 010.0.0.1 as addresses, but not as their writer meant them.
        if (!isAddress || (!host.Contains(':', StringComparison.Ordinal) && address!.ToString() != host))
        {
            return false;
        }

        if (host.Length < text!.Length)
        {
            // Addresses of peers are never IPv4 addresses mapped to IPv6, so a network of mapped addresses would match
            // none.
            return !address!.IsIPv4MappedToIPv6 && IPNetwork.TryParse(text, out network);
        }

        address = address!.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        network = new IPNetwork(address, 8 * address.GetAddressBytes().Length);
        return true;
    }

    private static void RequireNetworks(IReadOnlyList<string> networks, string name)
    {
        Require(networks, name);
        foreach (string network in networks)
        {
            if (!TryParse(network, out _))
            {
                throw new ArgumentException(
                    $"{name} has '{network}'; allowed: networks such as 10.0.0.0/8 or 2001:db8::/32, and "
                    + "single addresses.", name);
            }
        }
    }

    private static void RequireServices(IReadOnlyList<string> services, string name, HashSet<string> named)
    {
        Require(services, name);
        foreach (string service in services)
        {
            HelloText.Require(service, 1, HelloCodec.MaxServiceName, name);
            if (!named.Add(service))
            {
                throw new ArgumentException(
                    $"{name} has '{service}', which is named already; allowed: each service once.", name);
            }
        }
    }

    private static void Require<T>(IReadOnlyList<T>? list, string name)
    {
        if (list is null || list.Count > MaxEntries)
        {
            throw new ArgumentException(
                $"{name} {(list is null ? "is null" : $"has {list.Count} entries")}; allowed: at most "
                + $"{MaxEntries} entries.", name);
        }
    }
}
