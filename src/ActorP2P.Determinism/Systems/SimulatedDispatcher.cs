using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;

namespace ActorP2P.Determinism;

/// <summary>Queues the runs of mailboxes on the node, and adds each message to its trace.</summary>
internal class SimulatedDispatcher : MessageDispatcher
{
    private static readonly TimeSpan s_shutdownTimeout = TimeSpan.FromSeconds(1);
    private readonly SystemBinding _binding;

    public SimulatedDispatcher(MessageDispatcherConfigurator configurator, SystemBinding binding, Config config)
        : base(configurator)
    {
        _binding = binding;
        Id = config.GetString("id", "simulation");
        Throughput = config.GetInt("throughput", 1);
        ShutdownTimeout = config.GetTimeSpan("shutdown-timeout", s_shutdownTimeout);
    }

    protected SystemBinding Binding => _binding;

    /// <inheritdoc/>
    public override void Dispatch(ActorCell cell, Envelope envelope)
    {
        if (_binding.Trace(cell, envelope.Message))
        {
            base.Dispatch(cell, envelope);
        }
    }

    /// <inheritdoc/>
    public override void SystemDispatch(ActorCell cell, SystemMessage message)
    {
        if (!_binding.Trace(cell, message))
        {
            return;
        }
        if (message is Failed)
        {
            VirtualWindow.Give(cell);
        }
        base.SystemDispatch(cell, message);
    }

    /// <inheritdoc/>
    public override void Attach(ActorCell cell)
    {
        if (cell.Mailbox?.MessageQueue is BoundedMessageQueue bounded)
        {
            // A bounded queue would block, in real time, the one thread that could make room.
            bounded.PushTimeOut = TimeSpan.Zero;
        }
        base.Attach(cell);
    }

    /// <inheritdoc/>
    public override void Detach(ActorCell cell)
    {
        base.Detach(cell);
        _binding.Life.Node.ForgetInTrace(cell);
    }

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run) => _binding.Enqueue(
        run is Mailbox { MessageQueue: UnboundedPriorityMessageQueue or UnboundedStablePriorityMessageQueue } mailbox
            ? new PriorityRun(this, mailbox)
            : run);

    /// <inheritdoc/>
    protected override void Shutdown()
    {
        // Nothing to release.
    }
}
