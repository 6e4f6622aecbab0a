using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Ties request ids to asks: a <see cref="RequestTable{TAsker}"/> with a timer. Every ask that enters ends here: answered,
/// refused, expired, cancelled, disconnected, or failed because this actor was restarted.
/// </summary>
internal sealed class RequestTracker : VitalActor
{
    private readonly NodeContext _node;
    private readonly RequestTable<PendingAsk> _table;
    private readonly Dictionary<long, RequestMessages.LinkUp> _links = [];
    private readonly uint _incarnationSalt;
    private readonly ActorTimer _expiryDue;
    private TimeSpan? _armed;
    private TimeSpan? _graceUntil;

    // After a restart the links are unknown for a moment; asks that come then wait, for "not connected" would be a lie.
    private Queue<RequestMessages.Ask>? _held;

    public RequestTracker(NodeContext node, Random random)
    {
        _node = node;
        _expiryDue = new ActorTimer(node.TimeProvider, Self, RequestMessages.ExpiryDue.Instance);
        _table = new RequestTable<PendingAsk>(node.Settings.MaxPendingRequests);

        // A restarted tracker numbers anew; the salt keeps late answers to its predecessor from matching.
        _incarnationSalt = (uint)random.Next();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        FailAll("the request tracker was restarted");
        base.PreRestart(reason, message);
    }

    // The buffer may be in other hands already.
    protected override void OnFailed(object message) =>
        (message as RequestMessages.Ask)?.Pending.Fail(new AskException(AskFailure.NodeFailed, "the request tracker failed"));

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        _held = new Queue<RequestMessages.Ask>();
        Context.Parent.Tell(ManagerMessages.TellLinks.Instance);
    }

    protected override void PostStop()
    {
        _expiryDue.Stop();
        FailAll("the node is stopping");
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RequestMessages.Ask ask when _held is not null:
                _held.Enqueue(ask);
                break;
            case RequestMessages.Ask ask:
                Open(ask);
                break;
            case RequestMessages.LinksTold:
                OpenHeld();
                break;
            case RequestMessages.Answered answered when _table.TryClose(answered.Id, answered.Link, out PendingAsk? asker):
                asker.Answer(answered.Type, answered.Message);
                break;
            case RequestMessages.Refused refused when _table.TryClose(refused.Id, refused.Link, out PendingAsk? asker):
                asker.Fail(refused.Code switch
                {
                    RequestErrorCode.NoRoom => new AskException(AskFailure.NoRoom, refused.Text, errorCode: refused.Code),
                    RequestErrorCode.Expired => new AskException(AskFailure.Expired, refused.Text, errorCode: refused.Code),
                    _ => new AskException(AskFailure.PeerError, $"{refused.Code}: {refused.Text}", errorCode: refused.Code),
                });
                break;
            case RequestMessages.NotSent notSent when _table.TryClose(notSent.Id, notSent.Link, out PendingAsk? asker):
                asker.Fail(new AskException(notSent.Reason, notSent.Detail));
                break;
            case RequestMessages.Answered or RequestMessages.Refused or RequestMessages.NotSent:
                // Settled before: expired, cancelled, or disconnected. The session has counted what came late.
                break;
            case RequestMessages.Cancel cancel when _table.TryClose(cancel.Pending.Id, cancel.Pending.Peer.ConnectionId, out _):
                cancel.Pending.Peer.Actor.Tell(new PeerMessages.CancelRequest(cancel.Pending.Id));
                break;
            case RequestMessages.Cancel:
                break;
            case RequestMessages.LinkUp up:
                _links[up.Link] = up;
                break;
            case RequestMessages.LinkDown down:
                Close(down);
                break;
            case RequestMessages.ExpiryDue:
                Expire();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OpenHeld()
    {
        Queue<RequestMessages.Ask>? held = _held;
        _held = null;
        while (held?.TryDequeue(out RequestMessages.Ask? ask) == true)
        {
            Open(ask);
        }
    }

    private void Open(RequestMessages.Ask ask)
    {
        Peer peer = ask.Pending.Peer;
        TimeSpan now = _node.Now;
        TimeSpan deadline = now + ask.Timeout ?? TimeSpan.MaxValue;
        if (!_links.TryGetValue(peer.ConnectionId, out RequestMessages.LinkUp? link))
        {
            Refuse(ask, AskFailure.NotConnected, $"no connection to {peer.Address}");
        }
        else if (!_table.TryOpen(now, ask.Pending, peer.ConnectionId, link.Salt ^ _incarnationSalt, deadline, out RequestId id))
        {
            Refuse(ask, AskFailure.TooManyPending, $"{_table.Count} asks are waiting");
        }
        else
        {
            ask.Pending.Id = id;
            link.Actor.Tell(new PeerMessages.SendRequest(id, ask.Message, ask.Lane, now + ask.Expiry));
            Arm(deadline);
        }
    }

    private static void Refuse(RequestMessages.Ask ask, AskFailure reason, string detail)
    {
        ask.Message.Buffer.Release();
        ask.Pending.Fail(new AskException(reason, detail));
    }

    private void Close(RequestMessages.LinkDown down)
    {
        _links.Remove(down.Link);
        foreach (PendingAsk asker in _table.CloseAll(down.Link))
        {
            asker.Fail(new AskException(AskFailure.Disconnected, down.End.ToString(), down.End));
        }
    }

    private void Expire()
    {
        TimeSpan now = _node.Now;
        bool isPutOff = IsPutOff(now);
        _armed = null;
        if (isPutOff)
        {
            Arm(_graceUntil!.Value);
            return;
        }

        while (_table.TryExpire(now, out PendingAsk? asker, out RequestId id, out _))
        {
            asker.Peer.Actor.Tell(new PeerMessages.CancelRequest(id));
            asker.Fail(new AskException(AskFailure.TimedOut, $"no answer from {asker.Peer.Address} in time"));
        }

        if (_table.NextDeadline is { } next)
        {
            Arm(next);
        }
    }

    /// <summary>
    /// Whether deadlines were noticed so late that answers may have arrived before them, and wait to be read: the
    /// process was suspended. Each is put off once.
    /// </summary>
    private bool IsPutOff(TimeSpan now)
    {
        if (_graceUntil is null && _armed is { } due && DeadlineGrace.Of(now, due) is { } grace)
        {
            _graceUntil = now + grace;
        }

        if (now < _graceUntil)
        {
            return true;
        }

        _graceUntil = null;
        return false;
    }

    private void Arm(TimeSpan deadline)
    {
        if (_armed <= deadline)
        {
            return;
        }

        _armed = deadline;
        TimeSpan due = deadline - _node.Now;
        _expiryDue.Start(due > DeadlineWheelSlice ? due : DeadlineWheelSlice);
    }

    private void FailAll(string detail)
    {
        while (_held?.TryDequeue(out RequestMessages.Ask? held) == true)
        {
            Refuse(held, AskFailure.NodeFailed, detail);
        }

        foreach (PendingAsk asker in _table.CloseAll(null))
        {
            asker.Peer.Actor.Tell(new PeerMessages.CancelRequest(asker.Id));
            asker.Fail(new AskException(AskFailure.NodeFailed, detail));
        }
    }

    // The table keeps deadlines to this, so waking more often would find nothing.
    private static readonly TimeSpan DeadlineWheelSlice = TimeSpan.FromMilliseconds(10);
}
