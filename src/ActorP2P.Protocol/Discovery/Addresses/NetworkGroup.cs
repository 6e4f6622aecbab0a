using System.Net;

namespace ActorP2P.Protocol;

/// <summary>
/// The network that an address belongs to: a /16 of IPv4, a /32 of IPv6. Many addresses of one network are cheap, and
/// addresses of many networks are not. The lengths are those of Bitcoin Core.
/// </summary>
internal static class NetworkGroup
{
    private static readonly IPNetwork[] s_loopback = Networks("127.0.0.0/8", "::1/128");

    // RFC 1918, 3927, 6598; RFC 4193, 4291.
    private static readonly IPNetwork[] s_private = Networks(
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "fc00::/7", "fe80::/10");

    // RFC 6890 and 9637: for this network, documentation, benchmarks, many receivers, later.
    private static readonly IPNetwork[] s_unroutable = Networks(
        "0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3", "::/128", "100::/64", "2001:db8::/32", "3fff::/20", "ff00::/8");

    private static readonly IPNetwork s_sixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork s_teredo = IPNetwork.Parse("2001::/32");
    private static readonly IPNetwork s_nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Where an address can be reached from.</summary>
    public static AddressKind KindOf(PeerAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return TryParse(address, out IPAddress? ip) ? KindOf(ip) : AddressKind.Name;
    }

    /// <summary>
    /// The group of an address. A private address and a name are groups of their own, and so is each port of the own
    /// machine: there the number of networks says nothing.
    /// </summary>
    public static string Of(PeerAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!TryParse(address, out IPAddress? ip))
        {
            return address.Host;
        }

        return KindOf(ip) switch
        {
            AddressKind.Loopback => address.WithoutId.ToString(),
            AddressKind.Private => address.Host,
            _ => Of(ip.GetAddressBytes()),
        };
    }

    private static string Of(byte[] bytes)
    {
        int kept = bytes.Length == 4 ? 2 : 4;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }

    private static AddressKind KindOf(IPAddress ip) =>
        IsIn(s_loopback, ip) ? AddressKind.Loopback
        : IsIn(s_private, ip) ? AddressKind.Private
        : IsIn(s_unroutable, ip) ? AddressKind.Unroutable
        : AddressKind.Public;

    private static bool TryParse(
        PeerAddress address, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out IPAddress ip)
    {
        bool isIP = IPAddress.TryParse(address.Host, out ip);
        if (isIP)
        {
            ip = Embedded(ip!.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip);
        }

        return isIP;
    }

    // Whoever has an IPv4 address has all the IPv6 addresses that are made of it.
    private static IPAddress Embedded(IPAddress ip)
    {
        byte[] bytes = ip.GetAddressBytes();
        return bytes.Length == 4 ? ip
            : s_sixToFour.Contains(ip) ? new IPAddress(bytes.AsSpan(2, 4))
            : s_nat64.Contains(ip) ? new IPAddress(bytes.AsSpan(12, 4))
            : s_teredo.Contains(ip) ? new IPAddress([.. bytes.AsSpan(12, 4).ToArray().Select(b => (byte)~b)])
            : ip;
    }

    private static bool IsIn(IPNetwork[] networks, IPAddress ip) =>
        Array.Exists(networks, network => network.Contains(ip));

    private static IPNetwork[] Networks(params string[] networks) => Array.ConvertAll(networks, IPNetwork.Parse);
}
