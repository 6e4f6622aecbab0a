using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Whom a ban concerns: a node by its proven id, the addresses of a network, or a host by its name. A
/// <see cref="NodeId"/>, an <see cref="IPNetwork"/> and a <see cref="PeerAddress"/> convert to it.
/// </summary>
public sealed record BanTarget
{
    private const int BitsOfV4 = 32;
    private const int BitsOfV6 = 128;

    // What one subscriber of IPv6 holds.
    private const int SubscriberBits = 64;

    // Where an IPv4 address begins in an IPv6 address that stands for it.
    private const int MappedBits = BitsOfV6 - BitsOfV4;

    private BanTarget(NodeId? node, IPNetwork? network, string? host)
    {
        Node = node;
        Network = network;
        Host = host;
    }

    /// <summary>The node; null when the ban concerns addresses.</summary>
    public NodeId? Node { get; }

    /// <summary>The addresses; null when the ban concerns a node or a name.</summary>
    public IPNetwork? Network { get; }

    /// <summary>
    /// The name of a host, which is not dialled under this name. Only in a transport whose addresses are names, such as
    /// a simulated network, does it also concern those who connect.
    /// </summary>
    public string? Host { get; }

    /// <summary>A node that proves this id.</summary>
    public static BanTarget From(NodeId node) => new(node, null, null);

    /// <summary>All addresses of a network.</summary>
    /// <exception cref="ArgumentException">All its addresses belong to this computer (loopback).</exception>
    public static BanTarget From(IPNetwork network)
    {
        IPNetwork own = Unmapped(network);
        return IsLoopback(own)
            ? throw new ArgumentException(
                $"{nameof(network)} is {network}; allowed: other networks than that of this computer itself.",
                nameof(network))
            : new BanTarget(null, own, null);
    }

    /// <summary>
    /// The host of an address, with all its ports: an IPv4 address alone; an IPv6 address with its /64, which is what
    /// one subscriber holds; a name as it is. An id in the address has no effect.
    /// </summary>
    /// <exception cref="ArgumentException">The address belongs to this computer (loopback).</exception>
    public static BanTarget From(PeerAddress address)
    {
        BanTarget target = Of(address, out bool isLoopback);
        return isLoopback
            ? throw new ArgumentException(
                $"{nameof(address)} is {address}; allowed: addresses of other computers.", nameof(address))
            : target;
    }

    /// <inheritdoc cref="From(NodeId)"/>
    public static implicit operator BanTarget(NodeId node) => From(node);

    /// <inheritdoc cref="From(IPNetwork)"/>
    public static implicit operator BanTarget(IPNetwork network) => From(network);

    /// <inheritdoc cref="From(PeerAddress)"/>
    public static implicit operator BanTarget(PeerAddress address) => From(address);

    /// <summary>
    /// Parses what <see cref="ToString"/> gives: a node id, a network such as <c>192.0.2.0/24</c>, or a name. An IP
    /// address stands for itself, of IPv6 for its /64.
    /// </summary>
    public static bool TryParse(string? text, [MaybeNullWhen(false)] out BanTarget target)
    {
        target = null;
        if (NodeId.TryParse(text, out NodeId node))
        {
            target = From(node);
        }
        else if (IPNetwork.TryParse(text, out IPNetwork network))
        {
            IPNetwork own = Unmapped(network);
            target = IsLoopback(own) ? null : new BanTarget(null, own, null);
        }
        else if (HostAddress(text) is { } address)
        {
            BanTarget read = Of(address, out bool isLoopback);
            target = isLoopback ? null : read;
        }

        return target is not null;
    }

    /// <summary>Parses like <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is none of these, or means this computer (loopback).</exception>
    public static BanTarget Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out BanTarget? target) ? target : throw new FormatException(
            $"'{PrintableText.Of(text, PeerAddress.MaxHostLength)}' cannot be banned: expected the id of a node, an IP "
            + "address, a network such as 192.0.2.0/24 or a name, and not this computer's own address.");
    }

    /// <summary>The id, the network as <c>address/length</c>, or the name.</summary>
    public override string ToString() => Node is { } node ? node.ToString()
        : Network is { } network
            ? string.Create(CultureInfo.InvariantCulture, $"{network.BaseAddress}/{network.PrefixLength}")
            : Host!;

    /// <summary>What counts as one address, for points and for bans.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isLoopback">Whether it belongs to this computer, where everything is our own.</param>
    internal static BanTarget Of(PeerAddress address, out bool isLoopback)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (AddressOf(address) is not { } ip)
        {
            isLoopback = address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
            return new BanTarget(null, null, address.Host);
        }

        isLoopback = IPAddress.IsLoopback(ip);
        int bits = ip.GetAddressBytes().Length * 8;
        return new BanTarget(null, Enclosing(ip, bits == BitsOfV6 && !isLoopback ? SubscriberBits : bits), null);
    }

    /// <summary>The network of a length that an address belongs to.</summary>
    internal static BanTarget Of(IPAddress address, int prefixLength) =>
        new(null, Enclosing(address, prefixLength), null);

    /// <summary>
    /// The IP address of a host; null for a name. An IPv4 address mapped into IPv6 is given as IPv4, because all of
    /// them would share one /64.
    /// </summary>
    internal static IPAddress? AddressOf(PeerAddress address) =>
        // A link-local address may end with the name of a network interface, which is not part of the address.
        IPAddress.TryParse(address.Host.Split('%')[0], out IPAddress? ip)
            ? ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip
            : null;

    private static IPNetwork Enclosing(IPAddress address, int prefixLength)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(prefixLength - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }

        return new IPNetwork(new IPAddress(bytes), prefixLength);
    }

    private static IPNetwork Unmapped(IPNetwork network) =>
        network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedBits
            ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedBits)
            : network;

    private static bool IsLoopback(IPNetwork network) => IPAddress.IsLoopback(network.BaseAddress)
        && network.PrefixLength >= (network.BaseAddress.GetAddressBytes().Length * 8 == BitsOfV4 ? 8 : BitsOfV6);

    private static PeerAddress? HostAddress(string? text)
    {
        bool isV6 = text?.Contains(':', StringComparison.Ordinal) == true;
        return PeerAddress.TryParse(isV6 ? $"[{text}]:0" : $"{text}:0", out PeerAddress? address) ? address : null;
    }
}
