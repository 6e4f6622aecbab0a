namespace ActorP2P.Determinism.Tests;

/// <summary>The functions that define a <see cref="LambdaActor"/>.</summary>
public sealed class Hooks
{
    public Action? Construct { get; init; }

    public Action? PreStart { get; init; }

    public Action? PostStop { get; init; }

    public Action? PreRestart { get; init; }

    public Action? PostRestart { get; init; }

    public Action<object, LambdaActor>? Receive { get; init; }

    public Props ToProps()
    {
        Hooks hooks = this;
        return Props.Create(() => new LambdaActor(hooks));
    }
}
