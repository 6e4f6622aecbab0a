using Akka.Configuration;
using Akka.Dispatch;

namespace ActorP2P.Determinism;

/// <summary>
/// Makes the dispatcher of a TestKit's test actors, which handle a message inside the call that sends it.
/// </summary>
internal sealed class InlineDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly InlineDispatcher _dispatcher;

    public InlineDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = new InlineDispatcher(this, SystemBinding.Of(prerequisites), config);

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;

    private sealed class InlineDispatcher(
        MessageDispatcherConfigurator configurator, SystemBinding binding, Config config)
        : SimulatedDispatcher(configurator, binding, config)
    {
        protected override bool IsInline => true;

        protected override void ExecuteTask(IRunnable run)
        {
            ScheduleRun? exploring = Binding.Exploring;
            Ambient? outerLane = exploring?.EnterInline(run);
            SynchronizationContext? outer = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                run.Run();
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(outer);
                exploring?.LeaveInline(outerLane);
            }
        }
    }
}
