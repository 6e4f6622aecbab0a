using Akka.TestKit.Xunit2;

namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Akka's own kit, beside the simulated one.</summary>
public sealed class PlainKitTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void A_real_system_works_beside_simulated_ones()
    {
        Sys.ActorOf(Props.Create(() => new EchoActor())).Tell("x");
        ExpectMsg("x");
        Assert.Null(SimulatedSystem.WorldOf(Sys));
    }

    [Fact]
    public void A_real_system_is_refused_by_the_simulated_kit() =>
        Assert.Contains("not a simulated one", Assert.Throws<ArgumentException>(() =>
            new SimulatedTestKit(Sys)).Message);

    [Fact]
    public void A_real_system_is_refused_by_a_simulated_probe() =>
        Assert.Contains("not a simulated one", Assert.Throws<ArgumentException>(() =>
            new SimulatedProbe(Sys, Assertions)).Message);
}
