namespace ActorP2P.Actors;

/// <summary>Comes when no message arrived for as long as the actor's receive timeout says.</summary>
public sealed class ReceiveTimeout : IPossiblyHarmful, IDeadLetterSuppression
{
    private ReceiveTimeout()
    {
    }

    /// <summary>The one instance.</summary>
    public static ReceiveTimeout Instance { get; } = new();
}
