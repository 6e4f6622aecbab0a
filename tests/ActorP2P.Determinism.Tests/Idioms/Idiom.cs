namespace ActorP2P.Determinism.Tests;

/// <summary>Runs a scenario of one idiom of Akka.NET with every combination of simulation options.</summary>
public static class Idiom
{
    private static readonly TimeSpan s_limit = TimeSpan.FromDays(100);

    [ThreadStatic]
    private static List<string>? t_recorded;

    /// <summary>
    /// When set, collects the results of all scenarios, so that they can be compared with another process.
    /// </summary>
    public static List<string>? Recorded
    {
        get => t_recorded;
        set => t_recorded = value;
    }

    /// <summary>
    /// Asserts that the scenario holds in order and shuffled, with and without redirects, for several seeds, and that
    /// the same seed gives the same trace and the same output twice.
    /// </summary>
    public static void Holds(Func<Scene, Task> scenario, SimulatedSystemOptions? system = null)
    {
        Repeats(scenario, new SimulationOptions(), system);
        HoldsRedirected(scenario, SimulationRedirects.All, system);
    }

    /// <summary>Asserts the same as <see cref="Holds"/>, with redirects only.</summary>
    public static void HoldsRedirected(
        Func<Scene, Task> scenario, SimulationRedirects redirects, SimulatedSystemOptions? system = null) =>
        Repeats(scenario, new SimulationOptions { Redirects = redirects }, system);

    /// <summary>
    /// Asserts that the scenario leaves the simulation and that the report names the place: the method in which the
    /// test is written.
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
