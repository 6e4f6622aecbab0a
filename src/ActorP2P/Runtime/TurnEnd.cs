namespace ActorP2P;

/// <summary>
/// What a <see cref="NodeQueue"/> gives its actor when a turn is over and the actor has not noticed; it is never sent.
/// </summary>
internal sealed class TurnEnd : INoSerializationVerificationNeeded
{
    private TurnEnd()
    {
    }

    public static TurnEnd Instance { get; } = new();
}
