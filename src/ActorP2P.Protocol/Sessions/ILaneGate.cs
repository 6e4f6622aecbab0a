namespace ActorP2P.Protocol;

/// <summary>Judges the messages at the heads of <see cref="SendLanes"/>.</summary>
internal interface ILaneGate
{
    /// <summary>Whether the message's next frame may be sent now.</summary>
    bool MaySend(OutboundMessage message);

    /// <summary>Whether only the peer can let the message go on.</summary>
    bool IsHeldUp(OutboundMessage message);
}
