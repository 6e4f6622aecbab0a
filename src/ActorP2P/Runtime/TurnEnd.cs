namespace ActorP2P;

/// <summary>
/// What a <see cref="NodeQueue"/> delivers to its actor when a turn has ended without the actor noticing. It is never
/// sent.
/// </summary>
internal sealed class TurnEnd : INoSerializationVerificationNeeded
{
    private TurnEnd()
    {
    }

    public static TurnEnd Instance { get; } = new();
}
