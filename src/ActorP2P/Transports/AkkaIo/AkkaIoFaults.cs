using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>Translates Akka.IO's reports into the closed set of faults.</summary>
internal static class AkkaIoFaults
{
    // Akka.IO gives the cause of a connection's end only as text: the system's text for an error code. If several codes
    // have the same text, the fault that has a name of its own is chosen.
    private static readonly Dictionary<string, TransportError> s_byText = Enum.GetValues<SocketError>()
        .Where(static code => code is not (SocketError.Success or SocketError.SocketError))
        .GroupBy(static code => new SocketException((int)code).Message)
        .ToDictionary(
            static codes => codes.Key,
            static codes => codes.Select(SocketFaults.ToTransportError).OrderBy(static error => error.Fault).First());

    public static TransportError ClosedByThisSide { get; } = new(TransportFault.Aborted, "closed by this side");

    public static TransportError EndOfStream { get; } = new(TransportFault.EndOfStream, "the peer ended its stream");

    public static TransportError SystemEnded { get; } = new(
        TransportFault.Aborted, "the actor system of Akka.IO has ended");

    public static TransportError ListenerEnded { get; } =
        new(TransportFault.Aborted, "Akka.IO ended the connection: its listener or its actor system has ended");

    public static TransportError OfText(string? cause) =>
        cause is not null && s_byText.TryGetValue(cause, out TransportError error)
        ? error
        : new TransportError(TransportFault.Other, cause ?? "Akka.IO gave no cause");

    /// <summary>The exception of a failed command, with the system's error code if Akka.IO passes it on.</summary>
    public static SocketException ExceptionOf(Exception? cause) => cause as SocketException
        ?? new SocketException((int)SocketError.SocketError, cause?.Message ?? "Akka.IO gave no cause");

    /// <summary>Converts an address. An IPv4 address that is mapped to IPv6 becomes the IPv4 address.</summary>
    public static PeerAddress AddressOf(EndPoint end)
    {
        var ip = (IPEndPoint)end;
        return PeerAddress.From(ip.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(ip.Address.MapToIPv4(), ip.Port) : ip);
    }
}
