using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>Translates the operating system's error codes into the closed set of faults.</summary>
internal static class SocketFaults
{
    internal static TransportError ToTransportError(this SocketError error) => new(FaultOf(error), error.ToString());

    internal static TransportError ToTransportError(this SocketException exception) =>
        new(FaultOf(exception.SocketErrorCode), $"{exception.SocketErrorCode}: {exception.Message}");

    private static TransportFault FaultOf(SocketError error) => error switch
    {
        SocketError.Success => TransportFault.None,
        // Shutdown is EPIPE: this side wrote to a connection that the peer had reset. NotConnected is the result of
        // getpeername in the same case.
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.NetworkReset
            or SocketError.Shutdown or SocketError.NotConnected or SocketError.Disconnecting => TransportFault.Reset,
        SocketError.ConnectionRefused => TransportFault.Refused,
        SocketError.TimedOut => TransportFault.TimedOut,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable
            or SocketError.HostDown or SocketError.NetworkDown => TransportFault.Unreachable,
        SocketError.HostNotFound or SocketError.NoData
            or SocketError.TryAgain or SocketError.NoRecovery => TransportFault.NameNotResolved,
        SocketError.AddressAlreadyInUse => TransportFault.AddressInUse,
        SocketError.AccessDenied => TransportFault.AccessDenied,
        SocketError.TooManyOpenSockets => TransportFault.TooManyOpenFiles,
        SocketError.OperationAborted or SocketError.Interrupted or SocketError.NotSocket => TransportFault.Aborted,
        _ => TransportFault.Other,
    };
}
