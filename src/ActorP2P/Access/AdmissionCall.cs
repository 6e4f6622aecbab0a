using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// One question to the program whether to admit a peer. It has one outcome, whatever the callback does. Make it in an
/// actor's turn, because it uses the scheduler of that turn.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="candidate">Whom it is about.</param>
/// <param name="asker">The peer's actor, which gets the outcome.</param>
[SuppressMessage(
    "Design", "CA1001", Justification = "A token source without a timer and without waiters holds nothing to dispose.")]
internal sealed class AdmissionCall(NodeContext node, Candidate candidate, IActorRef asker)
{
    private readonly CancellationTokenSource _source = new();
    private readonly TaskScheduler _scheduler = TaskScheduler.Current;
    private ITimer? _timer;
    private int _isSettled;

    /// <summary>Whom it is about.</summary>
    public Candidate Candidate => candidate;

    /// <summary>Cancelled when the answer is no longer needed.</summary>
    public CancellationToken CancellationToken => _source.Token;

    /// <summary>Limits the time for the answer.</summary>
    public void EndAfter(TimeSpan limit) => _timer = node.TimeProvider.CreateTimer(
        static call => ((AdmissionCall)call!).Expire(), this, limit, Timeout.InfiniteTimeSpan);

    /// <summary>The program has answered.</summary>
    public void Answer(Admission? given)
    {
        if (given is null)
        {
            Fail(null, "it answered with null");
        }
        else
        {
            Settle(given);
        }
    }

    /// <summary>The program has failed to answer, which is a refusal. The peer is not told the cause.</summary>
    public void Fail(Exception? exception, string detail)
    {
        if (Settle(Admission.Refuse()))
        {
            Log.AdmissionFailed(node.Logger, exception, candidate.Stage, candidate.Address, detail);
        }
    }

    /// <summary>The answer is no longer needed.</summary>
    public void Abandon()
    {
        if (TrySettle())
        {
            node.CancelSoon(_source, _scheduler);
        }
    }

    private void Expire()
    {
        Fail(null, "it has not answered in time");
        node.CancelSoon(_source, _scheduler);
    }

    private bool Settle(Admission outcome)
    {
        bool isFirst = TrySettle();
        if (isFirst)
        {
            asker.Tell(new PeerMessages.AdmissionGiven(this, outcome), ActorRefs.NoSender);
        }

        return isFirst;
    }

    private bool TrySettle()
    {
        bool isFirst = Interlocked.Exchange(ref _isSettled, 1) == 0;
        if (isFirst)
        {
            _timer?.Dispose();
        }

        return isFirst;
    }
}
