using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A message was not taken for sending.</summary>
public sealed class SendException : P2PException
{
    internal SendException(SendResult reason, string detail)
        : base($"Not sent: {reason} ({detail}).") => Reason = reason;

    /// <summary>Why.</summary>
    public SendResult Reason { get; }
}
