using System.Net;

namespace ActorP2P.Protocol;

/// <summary>
/// A group of addresses that one operator is likely to hold: a /24 of IPv4, a /64 of IPv6. Slots are
/// shared out by group, because one address of a group costs an operator as much as all of them.
/// </summary>
internal static class AddressGroup
{
    /// <summary>
    /// Whether a host is a loopback or private address, or a name, of which there is no telling. Such hosts are the
    /// operator's own, so their connections are not limited by group.
    /// </summary>
    public static bool IsOwn(string host)
    {
        if (!IPAddress.TryParse(host, out IPAddress? address))
        {
            return true;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal)
        {
            return true;
        }

        // RFC 1918 and RFC 3927.
        return address.GetAddressBytes() is [10, _, _, _] or [172, >= 16 and <= 31, _, _] or [192, 168, _, _]
            or [169, 254, _, _];
    }

    /// <summary>The group of a host. A name that is not an IP address is a group of its own.</summary>
    public static string Of(string host)
    {
        if (!IPAddress.TryParse(host, out IPAddress? address))
        {
            return host;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        byte[] bytes = address.GetAddressBytes();
        int kept = bytes.Length == 4 ? 3 : 8;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
