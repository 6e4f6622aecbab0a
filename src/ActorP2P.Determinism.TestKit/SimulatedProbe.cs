using Akka.Actor;
using Akka.Actor.Setup;
using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Akka's test probe in virtual time. In a class on <see cref="SimulatedTestKit"/> the name <c>TestProbe</c> means such
/// a probe; elsewhere declare variables with this type, or with <c>var</c>. A call on a variable of Akka's own type
/// goes to Akka's own method, and only waits for one message work there.
/// </summary>
[Shadows]
public partial class SimulatedProbe : TestProbe
{
    private readonly VirtualWaits _waits;

    /// <summary>Makes a probe in a simulated system.</summary>
    /// <param name="system">A system made by <see cref="SimulatedSystem"/>.</param>
    /// <param name="assertions">The assertions that fail a test, such as those of a kit.</param>
    /// <param name="testProbeName">The name of the probe's actor; unique in the system.</param>
    /// <exception cref="ArgumentException">The system is not a simulated one.</exception>
    public SimulatedProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null)
        : base(system, assertions, testProbeName ?? $"testProbe-{SimulatedTestKit.PumpOf(system).NextTestActor()}")
    {
        _waits = new VirtualWaits(this, SimulatedTestKit.PumpOf(system), assertions);
        BaseTypedWaits.Install(this, _waits);
    }

    /// <inheritdoc/>
    public override SimulatedTestKit.TestProbe CreateTestProbe(string? name = null) =>
        new(Sys, TestKitAssertionsExtension.For(Sys).Assertions, name);

    /// <inheritdoc/>
    public override SimulatedTestKit.TestProbe CreateTestProbe(ActorSystem system, string? name = null) =>
        new(system, TestKitAssertionsExtension.For(system).Assertions, name);

    /// <inheritdoc/>
    protected override void InitializeTest(
        ActorSystem system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        // Akka's method sets a context of its own, which must not stay.
        SynchronizationContext? context = SynchronizationContext.Current;
        base.InitializeTest(system, config, actorSystemName, testActorName);
        SynchronizationContext.SetSynchronizationContext(context);
    }
}
