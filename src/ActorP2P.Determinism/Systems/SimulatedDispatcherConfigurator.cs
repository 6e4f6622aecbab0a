using Akka.Configuration;
using Akka.Dispatch;

namespace ActorP2P.Determinism;

/// <summary>Makes the one dispatcher of a configured name.</summary>
internal sealed class SimulatedDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly SimulatedDispatcher _dispatcher;

    public SimulatedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        // A dispatcher may be made long after its system, so the binding comes from the scheduler.
        _dispatcher = new SimulatedDispatcher(this, ((SimulatedScheduler)prerequisites.Scheduler).Binding, config);

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}
