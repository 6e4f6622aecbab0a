using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The peer actor's view of the messages that are with the application's handlers: requests that need an answer, and
/// handlers to cancel when the connection ends. It is a part of the PeerActor and used in its turns only; the
/// <see cref="HandlerQueue"/> calls the handlers. Nothing is allocated before the first message, because most peers are
/// quiet.
/// </summary>
internal sealed class PeerHandlers(NodeContext node, IActorRef self, PeerSession session, PeerOutbound outbound)
{
    private List<Invocation>? _posted;
    private HandlerQueue? _queue;
    private Dictionary<ulong, Invocation>? _requests;
    private HashSet<Invocation>? _notifies;
    private List<Invocation>? _ended;
    private QueuedBytes _arrived;

    /// <summary>The queue that calls the handlers.</summary>
    public HandlerQueue Queue => _queue ??= new HandlerQueue(node, self);

    /// <summary>
    /// A time no later than the next expiry of a waiting message, as of the last turn; null when none expires.
    /// </summary>
    public TimeSpan? NextExpiry { get; private set; }

    /// <summary>Messages that expired before their handlers began.</summary>
    public long Expired { get; private set; }

    /// <summary>Adds a message to handle. <see cref="Post"/> passes all of them to the handlers.</summary>
    public void Add(Invocation invocation)
    {
        (_posted ??= []).Add(invocation);
        if (invocation.IsRequest)
        {
            (_requests ??= [])[invocation.Header.Id] = invocation;
        }
        else if (invocation.Mode == HandlerMode.Asynchronous)
        {
            (_notifies ??= []).Add(invocation);
        }
    }

    /// <summary>Passes the messages of this turn to the handlers.</summary>
    public void Post()
    {
        if (_posted is { Count: > 0 })
        {
            Queue.Post(_posted);
            _posted.Clear();
        }
    }

    /// <summary>Answers the requests whose handlers have ended, and returns their credit.</summary>
    public void TakeEnded(TimeSpan now)
    {
        _ended = Queue.TakeEnded(_ended ?? []);
        Conclude(_ended, now);
    }

    /// <summary>The connection has got the handler slot that it waited for.</summary>
    public void TakeSlot() => Queue.TakeSlot();

    /// <summary>Answers the requests that have expired while they waited for their handlers.</summary>
    public void DropExpired(TimeSpan now)
    {
        if (NextExpiry <= now)
        {
            Queue.TakeExpired(now, _ended ??= []);
            Conclude(_ended, now);
        }
    }

    /// <summary>The peer has cancelled a request.</summary>
    public void Cancel(ulong id)
    {
        if (_requests is not null && _requests.Remove(id, out Invocation? invocation))
        {
            node.Cancel(invocation.Context);
            Queue.Cancel(invocation);
        }
    }

    /// <summary>The turn is over: handlers that waited for the peer to accept replies may begin.</summary>
    public void EndTurn()
    {
        if (_queue is not null)
        {
            NextExpiry = _queue.EndTurn(_arrived, QueuedBytes.OfReplies(session));
            _arrived = default;
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Close()
    {
        foreach (Invocation invocation in (_requests?.Values.AsEnumerable() ?? []).Concat(_notifies ?? []))
        {
            node.Cancel(invocation.Context);
        }

        _queue?.Close();
    }

    private void Conclude(List<Invocation> ended, TimeSpan now)
    {
        foreach (Invocation invocation in ended)
        {
            Expired += invocation.Result.IsExpired ? 1 : 0;
            _arrived = _arrived.With(invocation.Header.Lane, invocation.Result.Reply?.Length ?? 0);
            if (!invocation.IsRequest)
            {
                _notifies?.Remove(invocation);
            }
            else if (IsOpen(invocation))
            {
                _requests!.Remove(invocation.Header.Id);
                outbound.Respond(invocation.Header, invocation.Result);
            }
            else
            {
                invocation.Result.Reply?.Buffer.Release();
            }

            session.Finish(now, invocation.Charge);
        }

        ended.Clear();
    }

    // A peer may cancel a request and use its id again. The answer to the first must not answer the second.
    private bool IsOpen(Invocation invocation) =>
        _requests!.TryGetValue(invocation.Header.Id, out Invocation? open) && open == invocation;
}
