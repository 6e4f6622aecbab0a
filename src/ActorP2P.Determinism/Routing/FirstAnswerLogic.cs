using Akka.Actor;
using Akka.Routing;
using Akka.Util;

namespace ActorP2P.Determinism;

/// <summary>
/// Scatter-gather or, with an interval, tail-chopping. Akka's own routers measure their limit by a real timer, and
/// tail-chopping shuffles by a random number generator without a seed.
/// </summary>
internal sealed class FirstAnswerLogic(IScheduler scheduler, TimeSpan within, TimeSpan? interval) : RoutingLogic
{
    public override Routee Select(object message, Routee[] routees)
    {
        Routee[] order = [.. routees];
        if (interval is not null)
        {
            ThreadLocalRandom.Current.Shuffle(order);
        }
        return new Asking(this, order);
    }

    private sealed class Asking(FirstAnswerLogic logic, Routee[] routees) : Routee
    {
        public override void Send(object message, IActorRef sender)
        {
            if (routees.Length == 0)
            {
                sender.Tell(
                    new Status.Failure(new AskTimeoutException("Timeout due to no routees")), ActorRefs.NoSender);
                return;
            }
            FirstAnswer answer = new(message, sender, routees, logic.Within, logic.Scheduler);
            if (logic.Interval is { } pause)
            {
                answer.AskOneByOne(pause);
            }
            else
            {
                answer.AskAll();
            }
        }
    }

    private TimeSpan Within => within;

    private TimeSpan? Interval => interval;

    private IScheduler Scheduler => scheduler;
}
