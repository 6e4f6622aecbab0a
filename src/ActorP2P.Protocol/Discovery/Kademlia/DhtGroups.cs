using System.Net;

namespace ActorP2P.Protocol;

/// <summary>
/// Groups of addresses in which one operator gets many addresses cheaply. Ids cost nothing and can be made until they
/// fit a place in the key space, so tables and lookups limit how many nodes of one group they take.
/// </summary>
internal static class DhtGroups
{
    /// <summary>The groups of the addresses of a node, each once. Addresses that need no limit have none.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<PeerAddress> addresses) =>
        [.. addresses.Where(static address => !IsPrivate(address.Host)).Select(static address => Of(address.Host))
            .Distinct()];

    /// <summary>
    /// Whether a host is an IP address that is not reached through the Internet: of this machine, of a private network,
    /// of a link, or of a provider's own network (RFC 1918, 3927, 4193, 6598). A name is not.
    /// </summary>
    public static bool IsPrivate(string host)
    {
        if (!IPAddress.TryParse(host, out IPAddress? address))
        {
            return false;
        }

        if (IPAddress.IsLoopback(address))
        {
            return true;
        }

        return address.GetAddressBytes() switch
        {
            { Length: > 4 } => address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal,
            [10, ..] or [192, 168, ..] or [169, 254, ..] => true,
            [172, var second, ..] => second is >= 16 and < 32,
            [100, var second, ..] => second is >= 64 and < 128,
            _ => false,
        };
    }

    // Whoever owns a domain makes as many names in it as he likes, so only the last two parts of a name count.
    private static string Of(string host)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return AddressGroup.Of(host);
        }

        string[] labels = host.Split('.', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('.', labels.TakeLast(2)).ToUpperInvariant();
    }
}
