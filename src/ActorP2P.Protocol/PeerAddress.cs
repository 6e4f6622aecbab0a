using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Where a node listens: a host name or an IP address, and a TCP port; and, if <see cref="Id"/> is set, which node must
/// answer there. An IP address is stored in its usual form, so that two spellings of one address are equal; an IPv4
/// address mapped into IPv6 is stored as IPv4.
/// </summary>
[TypeConverter(typeof(PeerAddressConverter))]
public sealed record PeerAddress
{
    /// <summary>The longest host accepted, in bytes of UTF-8: the limit of DNS (RFC 1035).</summary>
    public const int MaxHostLength = 253;

    private const string Scheme = "p2p://";
    private const int BytesOfV6 = 16;

    // Brackets enclose an IPv6 address and are not part of it, but IPAddress parses "[::1]:80" as an address.
    private static readonly SearchValues<char> NeverInHost = SearchValues.Create(" @/[]");

    /// <summary>Makes an address.</summary>
    /// <param name="host">A host name, or an IP address without brackets.</param>
    /// <param name="port">0 to 65535. Port 0 is only for listening.</param>
    /// <param name="id">The node that must answer at this address; null: whichever node answers.</param>
    /// <exception cref="ArgumentException">The host is not valid; the message says what is allowed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is not 0 to 65535.</exception>
    public PeerAddress(string host, int port, NodeId? id = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (!TryHost(host, out string? own))
        {
            string shown = host.Length > MaxHostLength
                ? $"{host.Length} characters long"
                : $"'{PrintableText.Of(host)}'";
            throw new ArgumentException(
                $"{nameof(host)} is {shown}; allowed: a name or an IP address, 1 to {MaxHostLength} bytes of UTF-8, "
                + "no space, control character or any of @ / [ ], and a colon only in an IPv6 address.", nameof(host));
        }

        if (port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new ArgumentOutOfRangeException(
                nameof(port), port, $"{nameof(port)} is {port}; allowed: 0 to {IPEndPoint.MaxPort}.");
        }

        Host = own;
        Port = port;
        Id = id;
    }

    private PeerAddress(string host, ushort port, NodeId? id)
    {
        Host = host;
        Port = port;
        Id = id;
    }

    /// <summary>A host name, or an IP address without brackets.</summary>
    public string Host { get; }

    /// <summary>A TCP port. Port 0 is only for listening: the system chooses a port.</summary>
    public int Port { get; }

    /// <summary>
    /// The node that must answer at this address: a dial to it ends with <see cref="DisconnectReason.WrongNode"/> when
    /// another answers. Null: whichever node answers.
    /// </summary>
    public NodeId? Id { get; }

    /// <summary>The same host and port, whichever node answers there.</summary>
    public PeerAddress WithoutId => Id is null ? this : new PeerAddress(Host, (ushort)Port, id: null);

    /// <summary>
    /// Whether this is <c>0.0.0.0</c> or <c>::</c>, which stand for every address of the machine. A node may listen
    /// there, but no other node can dial it.
    /// </summary>
    public bool IsWildcard => Host is "0.0.0.0" or "::";

    /// <summary>The address of an IP endpoint; an IPv4 address mapped into IPv6 is given as IPv4.</summary>
    public static PeerAddress From(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return new PeerAddress(Unmapped(endPoint.Address).ToString(), endPoint.Port);
    }

    /// <summary>
    /// Parses <c>host:port</c>, <c>1.2.3.4:port</c> or <c>[v6]:port</c>, or <c>p2p://ID@</c> before one of them.
    /// </summary>
    public static bool TryParse(string? text, [MaybeNullWhen(false)] out PeerAddress address)
    {
        NodeId? id = null;
        if (text?.StartsWith(Scheme, StringComparison.Ordinal) == true)
        {
            int at = text.IndexOf('@', StringComparison.Ordinal);
            if (at < 0 || !NodeId.TryParse(text[Scheme.Length..at], out NodeId parsed))
            {
                address = null;
                return false;
            }

            id = parsed;
            text = text[(at + 1)..];
        }

        return TryParse(text, id, out address);
    }

    /// <summary>Parses like <see cref="TryParse(string, out PeerAddress)"/>.</summary>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static PeerAddress Parse(string text) => TryParse(text, out PeerAddress? address)
        ? address
        : throw new FormatException(
            $"'{PrintableText.Of(text)}' is not an address: expected host:port, 1.2.3.4:port or [v6]:port, or one of "
            + $"them after {Scheme}ID@ where ID is {NodeIdText.Length} characters of base32 without a typing error.");

    /// <summary>Checks that the address can be dialled, which means that its port is not 0.</summary>
    /// <param name="name">The parameter or setting that holds it, for the message.</param>
    /// <exception cref="ArgumentException">
    /// The port is 0; the message names the parameter or setting, the value and what is allowed.
    /// </exception>
    public void RequireDialable(string name)
    {
        if (Port == 0)
        {
            throw new ArgumentException($"{name} is {this}; allowed: a port of 1 to {IPEndPoint.MaxPort}.", name);
        }
    }

    /// <summary>
    /// <c>host:port</c>, with an IPv6 address in brackets; with an id, <c>p2p://ID@host:port</c>.
    /// </summary>
    public override string ToString()
    {
        string endPoint = Host.Contains(':', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
            : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
        return Id is { } id ? $"{Scheme}{id}@{endPoint}" : endPoint;
    }

    private static bool TryParse(string? text, NodeId? id, [MaybeNullWhen(false)] out PeerAddress address)
    {
        address = null;
        int colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !ushort.TryParse(
            text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return false;
        }

        string host = text![..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (bracketed)
        {
            host = host[1..^1];
        }

        if (host.Contains(':', StringComparison.Ordinal) != bracketed || !TryHost(host, out string? own))
        {
            return false;
        }

        address = new PeerAddress(own, port, id);
        return true;
    }

    /// <summary>Converts a host to the form in which it is stored; false when the text is not a valid host.</summary>
    private static bool TryHost(string text, [MaybeNullWhen(false)] out string host)
    {
        host = null;
        if (text.Length is 0 or > MaxHostLength || text.AsSpan().ContainsAny(NeverInHost)
            || !PrintableText.IsPrintable(text) || text.Any(char.IsWhiteSpace)
            || Encoding.UTF8.GetByteCount(text) > MaxHostLength)
        {
            return false;
        }

        bool isV6 = text.Contains(':', StringComparison.Ordinal);
        bool isIP = IPAddress.TryParse(text, out IPAddress? ip) && (ip.GetAddressBytes().Length == BytesOfV6) == isV6;

        // An address with the name of an interface is kept as written, because the name differs from machine to
        // machine.
        host = isIP && !text.Contains('%', StringComparison.Ordinal) ? Unmapped(ip!).ToString() : text;
        return isIP || !isV6;
    }

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
