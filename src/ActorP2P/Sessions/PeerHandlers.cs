using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Messages of one peer on their way through the application's handlers, as its actor sees them: those whose answer is
/// due, and those whose handlers are to hear of the connection's end. A part of the PeerActor, used in its turns alone;
/// the <see cref="HandlerQueue"/> calls the handlers. Nothing is made before the first message: most peers are quiet.
/// </summary>
internal sealed class PeerHandlers(NodeContext node, IActorRef self, PeerSession session, PeerOutbound outbound)
{
    private readonly List<Invocation> _posted = [];
    private HandlerQueue? _queue;
    private Dictionary<ulong, Invocation>? _requests;
    private HashSet<Invocation>? _notifies;
    private List<Invocation> _ended = [];
    private QueuedBytes _arrived;

    /// <summary>Where handlers are called.</summary>
    public HandlerQueue Queue => _queue ??= new HandlerQueue(node, self);

    /// <summary>No later than the next message that waits for its handler expires; as of the last turn.</summary>
    public TimeSpan? NextExpiry { get; private set; }

    /// <summary>Messages that expired before their handlers could begin.</summary>
    public long Expired { get; private set; }

    /// <summary>Notes a message to handle; <see cref="Post"/> hands all of them over.</summary>
    public void Add(Invocation invocation)
    {
        _posted.Add(invocation);
        if (invocation.IsRequest)
        {
            (_requests ??= [])[invocation.Header.Id] = invocation;
        }
        else if (invocation.Mode == HandlerMode.Asynchronous)
        {
            (_notifies ??= []).Add(invocation);
        }
    }

    /// <summary>Hands the messages of this turn to the handlers.</summary>
    public void Post()
    {
        if (_posted.Count > 0)
        {
            Queue.Post(_posted);
            _posted.Clear();
        }
    }

    /// <summary>Answers the requests whose handlers have ended, and gives their credit back.</summary>
    public void TakeEnded(TimeSpan now)
    {
        _ended = Queue.TakeEnded(_ended);
        Conclude(_ended, now);
    }

    /// <summary>The connection was in line for a slot of the node's, and has it.</summary>
    public void TakeSlot() => Queue.TakeSlot();

    /// <summary>Answers the requests that have waited until nobody wants them any more.</summary>
    public void DropExpired(TimeSpan now)
    {
        if (NextExpiry <= now)
        {
            Queue.TakeExpired(now, _ended);
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

    /// <summary>The turn is over: handlers may begin that waited for replies to be taken.</summary>
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

    // A peer may have cancelled and used the id again: the answer to the one is no answer to the other.
    private bool IsOpen(Invocation invocation) =>
        _requests!.TryGetValue(invocation.Header.Id, out Invocation? open) && open == invocation;
}
