namespace ActorP2P.Actors;

/// <summary>Makes the actor fail with <see cref="ActorKilledException"/> when its turn comes.</summary>
public sealed class Kill : IAutoReceivedMessage, IPossiblyHarmful
{
    private Kill()
    {
    }

    /// <summary>The one instance.</summary>
    public static Kill Instance { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => "<Kill>";
}
