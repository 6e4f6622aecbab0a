using System.Net;

namespace ActorP2P;

/// <summary>
/// Who may be a peer, by proven id and by IP address. A deny list goes before an allow list; an empty allow list allows
/// all.
/// </summary>
public sealed record AccessSettings
{
    /// <summary>Entries of one list. Far more than anybody writes by hand.</summary>
    public const int MaxEntries = 65_536;

    /// <summary>The nodes that may be peers; empty: all. Needs encryption, without which no id is proven.</summary>
    public IReadOnlyList<NodeId> AllowNodes { get; init; } = [];

    /// <summary>The nodes that may not be peers. Needs encryption.</summary>
    public IReadOnlyList<NodeId> DenyNodes { get; init; } = [];

    /// <summary>
    /// The networks whose addresses may be peers, such as <c>10.0.0.0/8</c> or <c>2001:db8::/32</c>, or single
    /// addresses; empty: all.
    /// </summary>
    public IReadOnlyList<string> AllowNetworks { get; init; } = [];

    /// <summary>The networks, or single addresses, that may not be peers.</summary>
    public IReadOnlyList<string> DenyNetworks { get; init; } = [];

    /// <summary>Whether a rule is about ids.</summary>
    public bool NeedsProof => AllowNodes.Count > 0 || DenyNodes.Count > 0;

    /// <summary>Checks that the values are allowed.</summary>
    /// <exception cref="ArgumentException">
    /// One is not; the message names it, its value and what is allowed.
    /// </exception>
    public AccessSettings Validated()
    {
        Require(AllowNodes, nameof(AllowNodes));
        Require(DenyNodes, nameof(DenyNodes));
        RequireNetworks(AllowNetworks, nameof(AllowNetworks));
        RequireNetworks(DenyNetworks, nameof(DenyNetworks));
        return this;
    }

    /// <summary>The network that a text names: one in CIDR notation, or a single address.</summary>
    internal static bool TryParse(string? text, out IPNetwork network)
    {
        network = default;
        string host = text?.Split('/')[0] ?? "";
        bool isAddress = IPAddress.TryParse(host, out IPAddress? address);

        // The base library also reads 10, 10.1 and 010.0.0.1 as addresses, and none of them as its writer meant it.
        if (!isAddress || (!host.Contains(':', StringComparison.Ordinal) && address!.ToString() != host))
        {
            return false;
        }

        if (host.Length < text!.Length)
        {
            // Addresses of peers are never mapped, so a network of mapped ones would hold none.
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
                    $"{name} has '{network}'; allowed: networks such as 10.0.0.0/8 or 2001:db8::/32, and single addresses.", name);
            }
        }
    }

    private static void Require<T>(IReadOnlyList<T>? list, string name)
    {
        if (list is null || list.Count > MaxEntries)
        {
            throw new ArgumentException(
                $"{name} {(list is null ? "is null" : $"has {list.Count} entries")}; allowed: at most {MaxEntries} entries.", name);
        }
    }
}
