using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorP2P.Determinism;

/// <summary>What a simulated actor system is made with.</summary>
public sealed record SimulatedSystemOptions
{
    /// <summary>The number of the node that the system lives on, from 0 up; systems of one node share its clock and its crashes.</summary>
    public int Node { get; init; }

    /// <summary>
    /// The configuration. What must be the simulation's (scheduler, dispatchers, provider of refs) is set above it; what it does
    /// not say is as in akka.conf.
    /// </summary>
    public Config? Config { get; init; }

    /// <summary>Further setups, such as serializers; the configuration of a BootstrapSetup lies below <see cref="Config"/>.</summary>
    public ActorSystemSetup? Setup { get; init; }

    /// <summary>
    /// True: the scheduler of the configuration stays, as it has no clock of its own but is moved by the test.
    /// </summary>
    internal bool KeepsScheduler { get; init; }

    /// <summary>Puts something between the system and the node's clock, such as a clock whose timers are late.</summary>
    public Func<TimeProvider, TimeProvider>? Clock { get; init; }
}
