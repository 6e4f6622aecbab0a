namespace ActorP2P.Determinism.Tests;

/// <summary>Runs a scenario of one idiom of Akka.NET in each way that a simulation has.</summary>
public static class Idiom
{
    private static readonly TimeSpan s_limit = TimeSpan.FromDays(100);

    [ThreadStatic]
    private static List<string>? t_recorded;

    /// <summary>Where set, what all scenarios came to, for another process to compare with.</summary>
    public static List<string>? Recorded
    {
        get => t_recorded;
        set => t_recorded = value;
    }

    /// <summary>
    /// The scenario holds in order and shuffled, with and without redirects, for several seeds, and a seed gives the
    /// same trace and the same words twice.
    /// </summary>
    public static void Holds(Func<Scene, Task> scenario, SimulatedSystemOptions? system = null)
    {
        Repeats(scenario, new SimulationOptions(), system);
        HoldsRedirected(scenario, SimulationRedirects.All, system);
    }

    /// <summary>The same, with redirects only.</summary>
    public static void HoldsRedirected(
        Func<Scene, Task> scenario, SimulationRedirects redirects, SimulatedSystemOptions? system = null) =>
        Repeats(scenario, new SimulationOptions { Redirects = redirects }, system);

    /// <summary>
    /// The scenario leaves the simulation, and the report names the place: the method that the test is written in.
    /// </summary>
    public static SimulationLeakException Leaks(Func<Scene, Task> scenario, string culprit)
    {
        SimulationLeakException leak = Assert.Throws<SimulationLeakException>(() => Run(1, new(), scenario, null));
        Assert.Contains(culprit, leak.Origin, StringComparison.Ordinal);
        return leak;
    }

    private static void Repeats(Func<Scene, Task> scenario, SimulationOptions options, SimulatedSystemOptions? system)
    {
        foreach (bool shuffle in new[] { false, true })
        {
            SimulationOptions asked = options with { Shuffle = shuffle };
            for (ulong seed = 1; seed <= 2; seed++)
            {
                string first = Run(seed, asked, scenario, system);
                Assert.Equal(first, Run(seed, asked, scenario, system));
                Recorded?.Add(first);
            }
        }
    }

    private static string Run(
        ulong seed, SimulationOptions options, Func<Scene, Task> scenario, SimulatedSystemOptions? system)
    {
        Scene scene = new(seed, options, system);
        scene.World.Run(() => scenario(scene), s_limit);
        return $"{scene.World.TraceHash:x16} {scene.Now} {string.Join(", ", scene.Said)}";
    }
}
