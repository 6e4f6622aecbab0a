using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorP2P.Determinism;

/// <summary>The options of a simulated actor system.</summary>
public sealed record SimulatedSystemOptions
{
    /// <summary>
    /// The number of the node that the system runs on, at least 0. The systems of one node share its clock and its
    /// crashes.
    /// </summary>
    public int Node { get; init; }

    /// <summary>
    /// The configuration. The simulation's own settings (scheduler, dispatchers, provider of refs) override it.
    /// Settings that it lacks are those of akka.conf.
    /// </summary>
    public Config? Config { get; init; }

    /// <summary>
    /// Further setups, such as serializers. <see cref="Config"/> overrides the configuration of a BootstrapSetup.
    /// </summary>
    public ActorSystemSetup? Setup { get; init; }

    /// <summary>
    /// Whether the scheduler of the configuration stays, because it has no clock and a test moves it.
    /// </summary>
    internal bool KeepsScheduler { get; init; }

    /// <summary>Wraps the node's clock for the system, for instance in a clock whose timers are late.</summary>
    public Func<TimeProvider, TimeProvider>? Clock { get; init; }
}
