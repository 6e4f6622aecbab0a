using Akka.Configuration;
using Akka.Dispatch;

namespace ActorP2P.Determinism.Tests;

/// <summary>A dispatcher as users write them, based on Akka's own.</summary>
internal sealed class OwnDispatcher(
    MessageDispatcherConfigurator configurator, string id, ExecutorServiceConfigurator executor)
    : Dispatcher(configurator, id, 1, null, executor, TimeSpan.FromSeconds(1));

/// <summary>Creates the dispatcher; Akka.NET makes this configurator by reflection.</summary>
internal sealed class OwnDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly OwnDispatcher _dispatcher;

    public OwnDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = new OwnDispatcher(this, config.GetString("id"), ConfigureExecutor());

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
