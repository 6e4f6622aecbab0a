using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>What the failure of a dial says of the address.</summary>
internal static class DialFaults
{
    /// <summary>Whether the address is to blame: nobody there speaks the protocol, or the wrong node does.</summary>
    public static bool IsOfAddress(ConnectException? failure) => failure?.Reason switch
    {
        ConnectFailure.Refused or ConnectFailure.TimedOut or ConnectFailure.Unreachable
            or ConnectFailure.NameNotResolved => true,
        ConnectFailure.HandshakeFailed => !IsRefusal(failure.End?.Reason),
        _ => false,
    };

    /// <summary>Whether the node itself cannot have a connection now.</summary>
    public static bool IsOwn(ConnectException? failure) => failure?.Reason is ConnectFailure.TooManyConnections
        or ConnectFailure.Stopping or ConnectFailure.TooManyOpenFiles;

    /// <summary>
    /// Why the address is of no use at all: the node itself is there, or another network. Null: it may be of use.
    /// </summary>
    public static RecordRefusal? ForEver(ConnectException? failure) => failure?.End?.Reason switch
    {
        DisconnectReason.SelfConnection => RecordRefusal.Own,
        DisconnectReason.WrongNetwork => RecordRefusal.OtherNetwork,
        _ => null,
    };

    // A node that refuses is there.
    private static bool IsRefusal(DisconnectReason? reason) => reason is DisconnectReason.TooManyConnections
        or DisconnectReason.ShuttingDown or DisconnectReason.DuplicateConnection or DisconnectReason.ApplicationClosed
        or DisconnectReason.Banned or DisconnectReason.NotAdmitted;
}
