using System.Net;

namespace ActorP2P.Protocol;

/// <summary>
/// Addresses that are likely in one hand: a /24 of IPv4, a /64 of IPv6. Who has one of them cheaply has the others too, so slots
/// are shared out by group.
/// </summary>
internal static class AddressGroup
{
    /// <summary>The group of a host; a name that is no address is a group of its own.</summary>
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
