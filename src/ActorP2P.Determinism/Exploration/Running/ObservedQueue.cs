using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace ActorP2P.Determinism;

/// <summary>The queue of a mailbox in an explored run, which tells of each message that its actor takes.</summary>
internal class ObservedQueue(ScheduleRun run, ActorCell cell, Lane lane, IMessageQueue inner) : IMessageQueue
{
    public IMessageQueue Inner => inner;

    public bool HasMessages => inner.HasMessages;

    public int Count => inner.Count;

    protected ScheduleRun Run => run;

    protected Lane Lane => lane;

    /// <summary>Puts the wrapper that suits the queue around it.</summary>
    public static ObservedQueue Around(ScheduleRun run, ActorCell cell, Lane lane, IMessageQueue inner) =>
        inner is IDequeBasedMessageQueueSemantics
            ? new ObservedDeque(run, cell, lane, inner)
            : new ObservedQueue(run, cell, lane, inner);

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        run.Flow.Arrive(lane, envelope);
        inner.Enqueue(receiver, envelope);
    }

    public bool TryDequeue(out Envelope envelope)
    {
        // With a throughput of 1, Akka's mailbox asks for a second message before it checks whether it may.
        if (lane.IsTurnOver || !inner.TryDequeue(out envelope))
        {
            envelope = default;
            return false;
        }
        lane.IsTurnOver = !lane.IsInline;
        if (run.Flow.Take(cell, lane, envelope))
        {
            return true;
        }
        // The actor has crashed in the place of handling it.
        envelope = default;
        return false;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        lane.Pending.Clear();
        inner.CleanUp(owner, deadletters);
    }
}
