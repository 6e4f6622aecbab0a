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

    /// <summary>Whether messages are handled inside the call that sends them.</summary>
    protected virtual bool IsInline => false;

    /// <inheritdoc/>
    public override void Dispatch(ActorCell cell, Envelope envelope)
    {
        if (!_binding.Trace(cell, envelope.Message))
        {
            return;
        }
        if (_binding.Exploring is { } run)
        {
            DispatchExplored(run, cell, envelope);
        }
        else
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
        _binding.Exploring?.Flow.Send(cell, message);
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
        _binding.Exploring?.Start(cell, _binding, IsInline);
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
        run is Mailbox { MessageQueue: { } queue } mailbox && IsPriority(queue) ? new PriorityRun(this, mailbox) : run);

    /// <inheritdoc/>
    protected override void Shutdown()
    {
        // Nothing to release.
    }

    private static bool IsPriority(IMessageQueue queue) => queue switch
    {
        UnboundedPriorityMessageQueue or UnboundedStablePriorityMessageQueue => true,
        ObservedQueue observed => IsPriority(observed.Inner),
        _ => false,
    };

    private void DispatchExplored(ScheduleRun run, ActorCell cell, Envelope envelope)
    {
        TimeSpan arrival = run.Flow.Send(cell, envelope, mayDelay: !IsInline, out CausalEvent? sent);
        TimeSpan now = _binding.World.Now;
        if (arrival <= now)
        {
            run.Flow.Deliver(sent);
            base.Dispatch(cell, envelope);
            return;
        }
        _binding.World.DeliverLater(_binding.Life, arrival - now, () =>
        {
            run.Flow.Deliver(sent);
            base.Dispatch(cell, envelope);
        });
    }
}
