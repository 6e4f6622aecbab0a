namespace ActorP2P.Determinism.Tests;

/// <summary>Runs a scenario of one idiom of Akka.NET in each way that a simulation has.</summary>
public static class Idiom
{
    private static readonly TimeSpan s_limit = TimeSpan.FromDays(100);

    /// <summary>
    /// The scenario holds in order and shuffled, for several seeds, and a seed gives the same trace and the same words twice.
    /// </summary>
    public static void Holds(Func<Scene, Task> scenario, SimulatedSystemOptions? system = null, SimulationOptions? options = null)
    {
        foreach (bool shuffle in new[] { false, true })
        {
            SimulationOptions asked = (options ?? new SimulationOptions()) with { Shuffle = shuffle };
            for (ulong seed = 1; seed <= 3; seed++)
            {
                Assert.Equal(Run(seed, asked, scenario, system), Run(seed, asked, scenario, system));
            }
        }
    }

    /// <summary>The scenario leaves the simulation, and the report names the place: the method that the test is written in.</summary>
    public static SimulationLeakException Leaks(Func<Scene, Task> scenario, string culprit)
    {
        SimulationLeakException leak = Assert.Throws<SimulationLeakException>(() => Run(1, new(), scenario, null));
        Assert.Contains(culprit, leak.Origin, StringComparison.Ordinal);
        return leak;
    }

    private static string Run(
        ulong seed, SimulationOptions options, Func<Scene, Task> scenario, SimulatedSystemOptions? system)
    {
        Scene scene = new(seed, options, system);
        scene.World.Run(() => scenario(scene), s_limit);
        return $"{scene.World.TraceHash:x16} {scene.Now} {string.Join(", ", scene.Said)}";
    }
}
