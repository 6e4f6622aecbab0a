using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace ActorP2P.Determinism;

/// <summary>
/// Makes the executors of dispatchers that the user derives from Akka's <c>Dispatcher</c>. The work they run becomes
/// steps of the node.
/// </summary>
internal sealed class SimulatedExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    /// <inheritdoc/>
    public override ExecutorService Produce(string id) => new SimulatedExecutor(id, SystemBinding.Of(Prerequisites));

    private sealed class SimulatedExecutor(string id, SystemBinding binding) : ExecutorService(id)
    {
        public override void Execute(IRunnable run)
        {
            // The dispatcher is not ours, so the trace records which actor runs instead of each message.
            ActorCell? cell = run is Mailbox mailbox ? AkkaPrivates.ActorOf(mailbox) : null;
            if (cell is null ? binding.Admits("work of a dispatcher") : binding.Trace(cell, run))
            {
                binding.Enqueue(run);
            }
        }

        public override void Shutdown()
        {
            // Nothing to release.
        }
    }
}
