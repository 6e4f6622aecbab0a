using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace ActorP2P.Determinism;

/// <summary>Messages, answers and timers of an explored run on their way.</summary>
internal sealed class MessageFlow(ScheduleRun run)
{
    private CausalEvent? _arriving;

    private TimeSpan Time => run.World!.Now;

    /// <summary>
    /// Who sends now. A guardian only passes on what was sent to a top-level actor before it started, mostly by
    /// whoever made it.
    /// </summary>
    private Ambient Origin => run.Now is { Lane: { IsGuardian: true, Last: { } supervise } }
        ? new Ambient(supervise.From, supervise.Cause)
        : run.Now;

    /// <summary>A message is sent to an actor.</summary>
    /// <returns>When it arrives.</returns>
    public TimeSpan Send(ActorCell cell, in Envelope envelope, bool mayDelay, out CausalEvent? sent)
    {
        sent = null;
        if (run.LaneOf(cell) is not { } to)
        {
            return Time;
        }
        Ambient now = Origin;
        Lane from = SenderOf(envelope) ?? now.Lane;
        CausalSort sort = IsInternal(envelope.Message) ? CausalSort.Internal : CausalSort.Message;
        sent = run.Trace.Add(sort, now, from, to, envelope.Message, envelope.Sender, Time);

        // Messages without a sender keep their order: code outside of actors, such as a loop that reads a socket, often
        // sends several in one order while it continues in the name of different actors.
        Lane origin = envelope.Sender is null || envelope.Sender.IsNobody() ? to : from;
        return mayDelay && sort == CausalSort.Message ? run.Faults.Arrival(origin, to, Time) : Time;
    }

    /// <summary>A message that was sent before is put into the mailbox next.</summary>
    public void Deliver(CausalEvent? sent) => _arriving = sent;

    /// <summary>A message comes into a mailbox.</summary>
    public void Arrive(Lane lane, in Envelope envelope)
    {
        CausalEvent arrived = _arriving is { } known && ReferenceEquals(known.Message, envelope.Message)
            ? known
            : run.Trace.Add(CausalSort.Message, run.Now, run.Now.Lane, lane, envelope.Message, envelope.Sender, Time);
        _arriving = null;
        lane.Pending.Add(arrived);
    }

    /// <summary>An actor takes a message out of its mailbox.</summary>
    /// <returns>False when it crashes in the place of handling it.</returns>
    public bool Take(ActorCell cell, Lane lane, in Envelope envelope)
    {
        if (Remove(lane.Pending, envelope, 0) is not { } taken)
        {
            return true;
        }
        lane.Handled++;
        int crash = taken.Sort == CausalSort.Message ? run.Faults.Crash(lane) : 0;
        run.Trace.Handle(lane, taken, Time);
        lane.LastType = envelope.Message.GetType();
        lane.Taken.Add(taken);
        if (crash == 1)
        {
            run.Show("crashes in place of handling this");
            AkkaPrivates.Fail(cell, new SimulatedCrashException(lane.Name));
            return false;
        }
        if (crash == 2)
        {
            run.Show("crashes after this");
            lane.CrashesAfterTurn = true;
        }
        return true;
    }

    /// <summary>An actor puts a stashed message back into its mailbox, before all others.</summary>
    public void GiveBack(Lane lane, in Envelope envelope)
    {
        if (Remove(lane.Taken, envelope, lane.Taken.Count - 1) is { } taken)
        {
            lane.Pending.Insert(0, run.Trace.Again(taken, run.Now, Time));
        }
    }

    /// <summary>A system message is sent to an actor.</summary>
    public void Send(ActorCell cell, SystemMessage message)
    {
        if (run.LaneOf(cell) is not { } to)
        {
            return;
        }
        Lane from = message is Failed failed ? LaneOf(failed.Child) : run.Now.Lane;
        to.System.Add(run.Trace.Add(
            CausalTrace.SortOf(message, from == to), run.Now, from, to, message, null, Time));
    }

    /// <summary>An answer to an Ask is on its way to whoever asked.</summary>
    public CausalEvent Answer(Lane asker, object message) =>
        run.Trace.Add(CausalSort.Answer, run.Now, run.Now.Lane, asker, message, null, Time);

    /// <summary>An answer completes its promise; what follows from that is done in the name of who asked.</summary>
    public void Answered(CausalEvent answer)
    {
        run.Trace.Handled(answer, Time);
        run.Enter(answer.To, answer);
    }

    /// <summary>What is done when a planned event comes follows from what planned it.</summary>
    public Action Planned(Action callback)
    {
        Lane owner = run.Now.Lane;
        CausalEvent? cause = run.Now.Cause;
        return () =>
        {
            run.Enter(owner, owner == run.Program ? null : TimerOf(owner, cause));
            callback();
        };
    }

    private CausalEvent TimerOf(Lane owner, CausalEvent? cause) =>
        run.Trace.Add(CausalSort.Timer, new Ambient(owner, cause), owner, owner, null, null, Time);

    private static bool IsInternal(object message) =>
        message is IAutoReceivedMessage and not (Terminated or PoisonPill or Kill)
        || message.GetType().Namespace is "Akka.Event" or "Akka.Actor.Internal";

    /// <summary>Who ended, for the notice of an end, which the watcher sends to itself.</summary>
    private Lane? SenderOf(in Envelope envelope) => envelope.Message is Terminated terminated
        ? LaneOf(terminated.ActorRef)
        : null;

    private Lane LaneOf(IActorRef actor) => run.LaneOf(StableName.Of(actor.Path.ToStringWithoutAddress()));

    private static CausalEvent? Remove(List<CausalEvent> from, in Envelope envelope, int start)
    {
        int step = start == 0 ? 1 : -1;
        for (int at = start; at >= 0 && at < from.Count; at += step)
        {
            CausalEvent one = from[at];
            if (ReferenceEquals(one.Message, envelope.Message) && ReferenceEquals(one.Sender, envelope.Sender))
            {
                from.RemoveAt(at);
                return one;
            }
        }
        return null;
    }
}
