namespace ActorP2P.Determinism.Tests;

/// <summary>A way out of the simulation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Leave">Leaves the simulation from within an actor's asynchronous handler.</param>
public sealed record Departure(string Name, Func<IActorContext, Task> Leave)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
