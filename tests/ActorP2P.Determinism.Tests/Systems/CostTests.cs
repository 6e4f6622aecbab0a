namespace ActorP2P.Determinism.Tests;

[Collection(nameof(Alone))]
public sealed class CostTests
{
    [Fact]
    public void Five_hundred_systems_take_little_memory()
    {
        const int Systems = 500;
        // A system with one actor was measured at 33 KB. A system that parses its own configuration takes 131 KB.
        const int MostBytesEach = 64 * 1024;
        Start(new SimulatedWorld(0), 0);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        SimulatedWorld world = new(1);
        ActorSystem[] systems = [.. Enumerable.Range(0, Systems).Select(number => Start(world, number))];
        world.RunToQuiescence();
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Systems;
        GC.KeepAlive(systems);
        Assert.InRange(each, 1, MostBytesEach);
    }

    private static ActorSystem Start(SimulatedWorld world, int node)
    {
        ActorSystem system = SimulatedSystem.Create(world, "node", new SimulatedSystemOptions { Node = node });
        system.ActorOf(new Hooks().ToProps()).Tell("hello");
        return system;
    }
}
