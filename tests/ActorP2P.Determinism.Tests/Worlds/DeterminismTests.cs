namespace ActorP2P.Determinism.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void The_trace_is_the_same_while_the_thread_pool_is_busy()
    {
        ulong first = Mesh.Trace(7);
        // Half of the runs have a busy thread pool and half do not: the trace must be the same.
        using (new BusyThreadPool())
        {
            AssertTraces(first, runs: 500);
        }
        AssertTraces(first, runs: 499);
        Assert.NotEqual(first, Mesh.Trace(8));
    }

    [Fact]
    public async Task The_trace_of_a_seed_is_the_same_in_every_process()
    {
        // This is a recorded value. It may change only when the order of the world, Akka.NET or the mesh was changed on
        // purpose.
        Assert.Equal(5834378628503408677UL, Mesh.Trace(1));
        Assert.Equal(5834378628503408677UL, await MeshProgram.TraceElsewhereAsync(1, threads: 0));
    }

    [Fact]
    public async Task Five_busy_processes_at_once_come_to_the_same_trace()
    {
        string[] traces = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => MeshProgram.RunElsewhereAsync("busy", "7")));
        Assert.Equal([$"{Mesh.Trace(7)}"], traces.Distinct());
    }

    [Fact]
    public void Random_streams_differ_by_purpose_and_repeat_by_seed()
    {
        var world = new SimulatedWorld(5);
        int[] firsts =
        [
            world.CreateRandom(0, 0, "a").Next(),
            world.CreateRandom(1, 0, "a").Next(),
            world.CreateRandom(0, 1, "a").Next(),
            world.CreateRandom(0, 0, "b").Next(),
        ];
        Assert.Equal(4, firsts.Distinct().Count());
        Assert.Equal(firsts[3], new SimulatedWorld(5).CreateRandom(0, 0, "b").Next());
    }

    private static void AssertTraces(ulong expected, int runs)
    {
        for (int run = 0; run < runs; run++)
        {
            Assert.Equal(expected, Mesh.Trace(7));
        }
    }
}
