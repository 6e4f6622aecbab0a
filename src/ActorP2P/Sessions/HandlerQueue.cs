using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Calls the application's handlers for one peer, in the order of its messages, and alone decides when a handler may
/// begin. The connection reads frames, answers pings and ends however long a handler takes. An asynchronous handler is
/// begun in order, and the next one does not wait for it. The results wait here for the peer's actor, which is notified
/// once.
/// </summary>
internal sealed class HandlerQueue(NodeContext node, IActorRef peer) : CallQueue(node.Running)
{
    private readonly WaitingCalls _waiting = new();
    private readonly SlotLine _slots = new(node, peer);
    private readonly ReplyGate _gate = new(node.Settings.Session.MaxQueued);
    private List<Invocation> _ended = [];
    private Invocation? _called;
    private int _running;
    private bool _isTold;
    private bool _isClosed;

    /// <inheritdoc/>
    public override HandlerCall? Call => Volatile.Read(ref _called)?.Call;

    /// <summary>Queues messages. Their handlers are called after those of the messages before them.</summary>
    public void Post(List<Invocation> invocations)
    {
        bool starts;
        lock (Guard)
        {
            invocations.ForEach(_waiting.Add);
            starts = TryBeginCalls();
        }

        StartIf(starts);
    }

    /// <summary>Takes the handlers that have ended since the last call. Call it in the peer's turn only.</summary>
    /// <param name="empty">An empty list, which the queue fills from now on.</param>
    public List<Invocation> TakeEnded(List<Invocation> empty)
    {
        lock (Guard)
        {
            List<Invocation> ended = _ended;
            _ended = empty;
            _isTold = false;
            return ended;
        }
    }

    /// <summary>
    /// A request's reply is no longer wanted. If its handler has not been called because no handler may begin now, it
    /// is not called at all.
    /// </summary>
    public void Cancel(Invocation invocation)
    {
        lock (Guard)
        {
            Queue<Invocation> waiting = _waiting.Of(invocation.Header.Lane);
            invocation.IsSkipped = waiting.Count > 0 && !MayCallFirst(waiting);
        }
    }

    /// <summary>Takes the messages that have expired while they waited. Call it in the peer's turn only.</summary>
    public void TakeExpired(TimeSpan now, List<Invocation> expired)
    {
        lock (Guard)
        {
            _waiting.TakeExpired(now, expired);
        }
    }

    /// <summary>The peer's turn is over: the peer may have accepted replies, and further handlers may begin.</summary>
    /// <param name="arrived">Bytes of replies that the turn has taken from here.</param>
    /// <param name="queued">Bytes of replies in the send queue.</param>
    /// <returns>A time no later than the next expiry of a waiting message; null when none expires.</returns>
    public TimeSpan? EndTurn(in QueuedBytes arrived, in QueuedBytes queued)
    {
        bool starts;
        TimeSpan? nextExpiry;
        lock (Guard)
        {
            _gate.EndTurn(arrived, queued);
            starts = TryBeginCalls();
            nextExpiry = _waiting.NextExpiry;
        }

        StartIf(starts);
        return nextExpiry;
    }

    /// <summary>The connection has got the handler slot that it waited for.</summary>
    public void TakeSlot()
    {
        bool starts;
        lock (Guard)
        {
            _slots.Take();
            starts = TryBeginCalls();
            if (!IsRunning)
            {
                _slots.Return();
            }
        }

        StartIf(starts);
    }

    /// <summary>
    /// A handler waits for a request or a message of its own. Meanwhile it does not count as running.
    /// Otherwise nodes whose handlers wait for each other could have all places taken by waiting handlers.
    /// </summary>
    public void BeginWait(Invocation invocation)
    {
        bool starts = false;
        lock (Guard)
        {
            if (invocation.BeginWait())
            {
                _running--;
                invocation.ReleaseSlot();
                starts = TryBeginCalls();
            }
        }

        StartIf(starts);
    }

    /// <summary>A handler no longer waits.</summary>
    public void EndWait(Invocation invocation)
    {
        lock (Guard)
        {
            _running += invocation.EndWait() ? 1 : 0;
        }
    }

    /// <summary>The connection has ended: no further handler is called, and results are dropped.</summary>
    public void Close()
    {
        lock (Guard)
        {
            _isClosed = true;
            _waiting.Clear();
            _ended.ForEach(static ended => ended.Result.Reply?.Buffer.Release());
            _ended.Clear();
            _slots.Return();
        }
    }

    /// <inheritdoc/>
    protected override bool TryCallNext()
    {
        Invocation? next;
        bool tells;
        lock (Guard)
        {
            next = TakeNext();
            Volatile.Write(ref _called, next);
            tells = TryTell();
            if (next is null)
            {
                _slots.Return();
                End();
            }
        }

        TellIf(tells);
        if (next is not null)
        {
            Invoke(next);
        }

        return next is not null;
    }

    private bool TryBeginCalls() => !IsRunning && !_isClosed && _waiting.Lanes.Any(MayCallFirst) && TryBegin();

    private bool MayCallFirst(Queue<Invocation> waiting) => waiting.TryPeek(out Invocation? first)
        && (first.IsSkipped || (HasPlaceFor(first) && (first.Mode != HandlerMode.Asynchronous || _slots.MayHave)));

    private bool HasPlaceFor(Invocation invocation) =>
        _running < node.Settings.MaxConcurrentHandlers && !_gate.IsFull(invocation.Header.Lane);

    private Invocation? TakeNext()
    {
        foreach (Queue<Invocation> waiting in _waiting.Lanes)
        {
            while (waiting.TryPeek(out Invocation? first))
            {
                if (first.IsSkipped)
                {
                    // Its credit is returned in the peer's turn.
                    _ended.Add(waiting.Dequeue());
                }
                else if (HasPlaceFor(first) && (first.Mode != HandlerMode.Asynchronous || _slots.TryGive(first)))
                {
                    _running++;
                    return waiting.Dequeue();
                }
                else
                {
                    break;
                }
            }
        }

        return null;
    }

    [SuppressMessage(
        "Design", "CA1031",
        Justification = "Every exception of an application's handler is reported, and the peer gets an error.")]
    private void Invoke(Invocation invocation)
    {
        if (invocation.Expires is { } expires && expires <= node.Now)
        {
            invocation.Result = HandlerResult.Expired;
            Conclude(invocation, null);
            return;
        }

        if (invocation.Trace is { } trace)
        {
            invocation.Span = NodeTraces.BeginHandler(
                invocation.Header.Kind, invocation.Context.Peer, invocation.Type, invocation.Message, trace);
        }

        invocation.Context.Begin();
        Exception? fault = null;
        try
        {
            ValueTask<IMessage?> reply = HandlerScope.Invoke(invocation);
            if (!reply.IsCompletedSuccessfully)
            {
                _ = AwaitAsync(invocation, reply);
                return;
            }

            invocation.Result = HandlerResult.Of(invocation.Header.Kind, reply.Result);
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        Conclude(invocation, fault);
    }

    [SuppressMessage(
        "Design", "CA1031",
        Justification = "Every exception of an application's handler is reported, and the peer gets an error.")]
    private async Task AwaitAsync(Invocation invocation, ValueTask<IMessage?> pending)
    {
        node.Running.Enter(invocation);
        Exception? fault = null;
        try
        {
            invocation.Result = HandlerResult.Of(invocation.Header.Kind, await pending);
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        Conclude(invocation, fault);
        node.Running.Leave(invocation);
    }

    /// <summary>Records that a handler has ended. Its result waits for the peer's turn.</summary>
    private void Conclude(Invocation invocation, Exception? fault)
    {
        invocation.Result = fault is null ? invocation.Result : HandlerResult.Of(fault);
        string? failure = invocation.Result.Error == 0 ? null : invocation.Result.Error.ToString();
        invocation.Context.End(failure);
        if (invocation.Span is { } span)
        {
            NodeTraces.End(span, node, failure);
        }

        bool starts;
        bool tells;
        lock (Guard)
        {
            _running -= invocation.End() ? 1 : 0;
            Keep(invocation);
            tells = TryTell();
            starts = TryBeginCalls();
        }

        invocation.ReleaseSlot();
        TellIf(tells);
        StartIf(starts);
        bool isCancelled = fault is OperationCanceledException && invocation.Context.IsCancelled;
        if (fault is not null && !isCancelled && invocation.Result.Error == RequestErrorCode.HandlerFailed)
        {
            node.ReportFault(invocation.Context.Peer, invocation.Type, invocation.Message.GetType().Name, fault);
        }
    }

    private void Keep(Invocation ended)
    {
        if (_isClosed)
        {
            ended.Result.Reply?.Buffer.Release();
            return;
        }

        _gate.Leave(ended.Header.Lane, ended.Result.Reply?.Length ?? 0);
        _ended.Add(ended);
    }

    private bool TryTell()
    {
        bool tells = !_isTold && _ended.Count > 0;
        _isTold |= tells;
        return tells;
    }

    private void TellIf(bool tells)
    {
        if (tells)
        {
            peer.Tell(PeerMessages.HandlersEnded.Instance, ActorRefs.NoSender);
        }
    }

    private void StartIf(bool starts)
    {
        if (starts)
        {
            Start();
        }
    }
}
