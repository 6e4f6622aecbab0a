namespace ActorP2P.Protocol;

/// <summary>The consequences of a <see cref="DisconnectReason"/>.</summary>
/// <param name="Reason">The reason. Its number is the code on the wire, unless only one side can see it.</param>
/// <param name="Side">Which side can find it; the other side learns it from the goodbye.</param>
/// <param name="Redial">Whether the address is dialled again.</param>
/// <param name="Points">The penalty points that the other side gets when this node gave the reason.</param>
/// <param name="Text">The meaning, as <c>docs/internals/protocol.md</c> has it.</param>
internal sealed record ReasonRule(DisconnectReason Reason, DisconnectSide Side, Redial Redial, int Points, string Text)
{
    /// <summary>Whether the reason travels in a goodbye.</summary>
    public bool Travels => Reason < DisconnectReason.OtherReason;
}
