namespace ActorP2P.Actors;

/// <summary>Says that something is done, where a value is needed to say it.</summary>
public sealed class Done
{
    private Done()
    {
    }

    /// <summary>The one instance.</summary>
    public static Done Instance { get; } = new();
}
