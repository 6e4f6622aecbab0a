using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A peer could not be connected to.</summary>
public sealed class ConnectException : P2PException
{
    internal ConnectException(PeerAddress address, ConnectFailure reason, string detail, Disconnect? end = null)
        : base($"No connection to {address}: {reason}{(detail.Length == 0 ? "" : $" ({detail})")}.")
    {
        Address = address;
        Reason = reason;
        End = end;
    }

    /// <summary>The address that was dialled.</summary>
    public PeerAddress Address { get; }

    /// <summary>Why there is no connection.</summary>
    public ConnectFailure Reason { get; }

    /// <summary>How the session ended, if there was one.</summary>
    public Disconnect? End { get; }
}
