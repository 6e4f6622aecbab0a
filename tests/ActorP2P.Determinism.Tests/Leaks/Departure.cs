namespace ActorP2P.Determinism.Tests;

/// <summary>A way out of the simulation.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Leave">Takes it, inside of an actor's asynchronous handler.</param>
public sealed record Departure(string Name, Func<IActorContext, Task> Leave)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
