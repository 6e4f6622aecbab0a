using Akka.Actor;
using Akka.Routing;

namespace ActorP2P.Determinism;

/// <summary>
/// One message of a router that gives the sender the first of several answers, or a failure when none arrives in time.
/// </summary>
internal sealed class FirstAnswer(
    object message, IActorRef asker, Routee[] routees, TimeSpan within, IScheduler scheduler)
{
    private ICancelable? _limit;
    private ICancelable? _turns;
    private int _asked;
    private bool _isGiven;

    /// <summary>Asks all routees at once.</summary>
    public void AskAll()
    {
        Limit();
        while (_asked < routees.Length)
        {
            AskNext();
        }
    }

    /// <summary>Asks one routee after the other, the next one after each interval without an answer.</summary>
    public void AskOneByOne(TimeSpan interval)
    {
        Limit();
        _turns = scheduler.Advanced.ScheduleRepeatedlyCancelable(TimeSpan.Zero, interval, AskNext);
    }

    private void Limit()
    {
        if (within > TimeSpan.Zero)
        {
            _limit = scheduler.Advanced.ScheduleOnceCancelable(
                within,
                () => Give(new Status.Failure(
                    new AskTimeoutException($"No routee answered {asker} within {within}."))));
        }
    }

    private void AskNext()
    {
        if (_asked < routees.Length)
        {
            _ = AskAsync(routees[_asked++]);
        }
    }

    private async Task AskAsync(Routee routee)
    {
        object answer;
        try
        {
            answer = await routee.Ask(message, Timeout.InfiniteTimeSpan);
        }
        catch (Exception failure)
        {
            answer = new Status.Failure(failure);
        }
        Give(answer);
    }

    private void Give(object answer)
    {
        if (!_isGiven)
        {
            _isGiven = true;
            _limit?.Cancel();
            _turns?.Cancel();
            asker.Tell(answer, ActorRefs.NoSender);
        }
    }
}
