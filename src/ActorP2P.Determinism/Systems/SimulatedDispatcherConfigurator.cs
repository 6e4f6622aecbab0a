using Akka.Configuration;
using Akka.Dispatch;

namespace ActorP2P.Determinism;

/// <summary>Makes the dispatcher for a configured name: one for all actors or, if pinned, one for each actor.</summary>
internal sealed class SimulatedDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly SimulatedDispatcher _dispatcher;
    private readonly bool _isPinned;

    public SimulatedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : this(config, prerequisites, isPinned: false)
    {
    }

    public SimulatedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites, bool isPinned)
        : base(config, prerequisites)
    {
        _dispatcher = Make();
        _isPinned = isPinned;
    }

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _isPinned ? Make() : _dispatcher;

    private SimulatedDispatcher Make() => new(this, SystemBinding.Of(Prerequisites), Config);
}
