namespace ActorP2P.Determinism.Tests;

/// <summary>One actor system in a simulation, with the members that a scenario uses.</summary>
public sealed class Scene
{
    public Scene(ulong seed, SimulationOptions options, SimulatedSystemOptions? systemOptions)
    {
        World = new SimulatedWorld(seed, options);
        System = SimulatedSystem.Create(World, "idiom", systemOptions);
    }

    public SimulatedWorld World { get; }

    public ActorSystem System { get; }

    /// <summary>The clock that the actors of the system read.</summary>
    public TimeProvider Time => World.TimeProviderOf(0);

    /// <summary>The output of the actors, in order.</summary>
    public List<string> Said { get; } = [];

    public TimeSpan Now => World.Now;

    /// <summary>Records what happened, with the time in whole seconds.</summary>
    public void Say(object what) => Said.Add($"{what} at {World.Now.TotalSeconds:0}");

    /// <summary>Lets time pass in the driving program.</summary>
    public Task Pass(TimeSpan span) => Task.Delay(span, World.TimeProvider);

    public Task PassHours(double hours) => Pass(TimeSpan.FromHours(hours));

    public Task PassSeconds(double seconds) => Pass(TimeSpan.FromSeconds(seconds));
}
