using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>An ask that waits for its answer. The RequestTracker settles it once.</summary>
internal abstract class PendingAsk(Peer peer)
{
    private long _start = peer.Owner.Metrics.AskStart;
    private Activity? _span;

    public Peer Peer { get; } = peer;

    /// <summary>Its id while it is open. Only the RequestTracker uses it.</summary>
    public RequestId Id { get; set; }

    /// <summary>The trace that the ask belongs to, as headers; null when nobody listens.</summary>
    public byte[]? Trace { get; private set; }

    /// <summary>Whether it is settled or cancelled.</summary>
    public abstract bool IsOver { get; }

    /// <summary>An answer of some type arrived; null when it did not parse.</summary>
    public abstract void Answer(ushort type, object? message);

    public abstract void Fail(AskException exception);

    /// <summary>Begins the span of the ask, if anybody listens.</summary>
    public void BeginSpan(IMessage request)
    {
        _span = NodeTraces.BeginAsk(Peer, request);
        Trace = NodeTraces.HeadersOf(_span);
    }

    /// <summary>The connection has reported the outcome of the request.</summary>
    public void Settle(in AskOutcome outcome)
    {
        if (outcome.Failure is { } failure)
        {
            Fail(new AskException(failure, outcome.Detail, errorCode: outcome.Code));
        }
        else
        {
            Answer(outcome.Type, outcome.Answer);
        }
    }

    /// <summary>
    /// Records the duration in the metrics if it is measured. An answer and a cancellation may come at the same time;
    /// the first one counts.
    /// </summary>
    protected void NoteEnd(AskFailure? failure, bool isCancelled = false)
    {
        if (_span is not null && Interlocked.Exchange(ref _span, null) is { } span)
        {
            NodeTraces.End(span, Peer.Owner, isCancelled ? "Cancelled" : failure?.ToString());
        }

        if (Volatile.Read(ref _start) == NodeMetrics.NotTimed)
        {
            return;
        }

        long start = Interlocked.Exchange(ref _start, NodeMetrics.NotTimed);
        if (start != NodeMetrics.NotTimed)
        {
            Peer.Owner.Metrics.NoteAsk(TimeSpan.FromTicks(start), isCancelled ? "Cancelled" : failure?.ToString());
        }
    }
}
