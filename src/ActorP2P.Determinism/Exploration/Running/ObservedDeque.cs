using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace ActorP2P.Determinism;

/// <summary>An observed queue that takes back what its actor has unstashed.</summary>
internal sealed class ObservedDeque(ScheduleRun run, ActorCell cell, Lane lane, IMessageQueue inner)
    : ObservedQueue(run, cell, lane, inner), IDequeBasedMessageQueueSemantics
{
    public void EnqueueFirst(Envelope envelope)
    {
        Run.Flow.GiveBack(Lane, envelope);
        ((IDequeBasedMessageQueueSemantics)Inner).EnqueueFirst(envelope);
    }
}
