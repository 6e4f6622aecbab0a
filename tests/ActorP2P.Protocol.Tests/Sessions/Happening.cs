namespace ActorP2P.Protocol.Tests;

/// <summary>An effect as a test sees it: when, and with a message's body in a copy that stays valid.</summary>
internal sealed record Happening(TimeSpan At, InboundMessage Message, SessionEvent? Event, byte[] Body)
{
    /// <summary>The kind of a message; null for an event.</summary>
    public FrameKind? Kind => Event is null ? Message.Kind : null;

    public ulong Id => Message.Id;

    public InboundCharge Charge => Message.Charge;
}
