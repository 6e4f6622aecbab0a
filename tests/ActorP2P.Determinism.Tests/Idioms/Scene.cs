namespace ActorP2P.Determinism.Tests;

/// <summary>One system in a simulation, and what a scenario sees of it.</summary>
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

    /// <summary>What the actors did, in order.</summary>
    public List<string> Said { get; } = [];

    public TimeSpan Now => World.Now;

    /// <summary>Notes what happened and at which whole second.</summary>
    public void Say(object what) => Said.Add($"{what} at {World.Now.TotalSeconds:0}");

    /// <summary>Lets time pass in the driving program.</summary>
    public Task Pass(TimeSpan span) => Task.Delay(span, World.TimeProvider);

    public Task PassHours(double hours) => Pass(TimeSpan.FromHours(hours));

    public Task PassSeconds(double seconds) => Pass(TimeSpan.FromSeconds(seconds));
}
