namespace ActorP2P.Protocol.Tests;

/// <summary>
/// An effect as a test sees it, with its time and with a copy of the message's body that stays valid.
/// </summary>
internal sealed record Happening(TimeSpan At, InboundMessage Message, SessionEvent? Event, byte[] Body)
{
    /// <summary>The kind of a message; null for an event.</summary>
    public FrameKind? Kind => Event is null ? Message.Kind : null;

    public ulong Id => Message.Id;

    public InboundCharge Charge => Message.Charge;
}
