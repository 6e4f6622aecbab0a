using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace ActorP2P.Protocol;

/// <summary>Where a node listens: a host name or an IP address, and a TCP port.</summary>
public sealed record PeerAddress
{
    /// <summary>The longest host name taken, in characters: the limit of DNS (RFC 1035).</summary>
    public const int MaxHostLength = 253;

    // Brackets belong round an IPv6 address, never into it: IPAddress takes "[::1]:80" for an address.
    private static readonly SearchValues<char> NeverInHost = SearchValues.Create(" @/[]");

    /// <summary>Makes an address.</summary>
    /// <exception cref="ArgumentException">The host is empty or too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is not 0 to 65535.</exception>
    public PeerAddress(string host, int port)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(host.Length, MaxHostLength, nameof(host));
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        Host = host;
        Port = port;
    }

    /// <summary>A host name, or an IP address without brackets.</summary>
    public string Host { get; }

    /// <summary>A TCP port; 0 only where one listens, for "the system chooses".</summary>
    public int Port { get; }

    /// <summary>The address of an IP endpoint; an IPv4 address mapped into IPv6 is given as IPv4.</summary>
    public static PeerAddress From(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        IPAddress address = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        return new PeerAddress(address.ToString(), endPoint.Port);
    }

    /// <summary>Parses <c>host:port</c>, <c>1.2.3.4:port</c> or <c>[v6]:port</c>.</summary>
    public static bool TryParse(string? text, [MaybeNullWhen(false)] out PeerAddress address)
    {
        address = null;
        int colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return false;
        }

        string host = text![..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (bracketed)
        {
            host = host[1..^1];
        }

        bool isV6 = host.Contains(':', StringComparison.Ordinal);
        if (isV6 != bracketed || (isV6 && !IPAddress.TryParse(host, out _))
            || host.Length is 0 or > MaxHostLength || host.AsSpan().ContainsAny(NeverInHost)
            || host.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return false;
        }

        address = new PeerAddress(host, port);
        return true;
    }

    /// <summary>Parses like <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static PeerAddress Parse(string text) => TryParse(text, out PeerAddress? address)
        ? address
        : throw new FormatException($"'{text}' is not an address: expected host:port, 1.2.3.4:port or [v6]:port.");

    /// <summary><c>host:port</c>, an IPv6 address in brackets.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
