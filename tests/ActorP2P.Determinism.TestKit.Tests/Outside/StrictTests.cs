namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>A world without redirects, in the same process as worlds that have them.</summary>
public sealed class StrictTests : KitTest
{
    public StrictTests()
        : base(CreateSystem(new SimulatedWorld(1), "strict"))
    {
    }

    [Fact]
    public void Work_for_the_pool_is_a_leak()
    {
        Does((_, _) => Task.Run(() => { })).Tell("x");
        Assert.Throws<SimulationLeakException>(() => ExpectMsg<string>());
    }

    [Fact]
    public void A_timer_of_the_runtime_is_a_leak()
    {
        Does((_, _) => Task.Delay(Hour)).Tell("x");
        Assert.Throws<SimulationLeakException>(() => ExpectMsg<string>());
    }

    [Fact]
    public void Waits_without_redirects_are_virtual_too()
    {
        Later(Minutes(30), "x");
        ExpectMsg("x", Hour);
        Assert.Equal(Minutes(30), Time);
    }
}
