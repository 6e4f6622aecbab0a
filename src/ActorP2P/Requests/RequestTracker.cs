using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Matches request ids to asks: a <see cref="RequestTable{TAsker}"/> with a timer. Every ask that is posted ends
/// here: answered, refused, expired, cancelled, disconnected, or failed because this actor was restarted.
/// </summary>
/// <remarks>
/// It keeps no list of links. A request goes into its peer's <see cref="Outbox"/>, which accepts none once the
/// link has ended. The asks that were posted before fail when the manager reports that the link is gone.
/// </remarks>
internal sealed class RequestTracker : VitalActor
{
    // The table has deadlines in slices of this length, so waking up more often would find nothing.
    private static readonly TimeSpan s_wheelSlice = TimeSpan.FromMilliseconds(10);

    private readonly NodeContext _node;
    private readonly RequestTable<PendingAsk> _table;
    private readonly uint _incarnation;
    private readonly ActorTimer _expiryDue;
    private TimeSpan? _armed;
    private TimeSpan? _graceUntil;
    private bool _isRestarting;

    /// <summary>Makes a tracker.</summary>
    /// <param name="node">The node.</param>
    /// <param name="incarnation">
    /// A number that differs for each tracker of the node. It changes the salts of the links, so that two trackers
    /// never use the same id.
    /// </param>
    public RequestTracker(NodeContext node, uint incarnation)
    {
        _node = node;
        _incarnation = incarnation;
        _expiryDue = new ActorTimer(node.TimeProvider, Self, RequestMessages.ExpiryDue.Instance);
        _table = new RequestTable<PendingAsk>(node.Settings.MaxPendingRequests);
    }

    protected override void PreStart() => _node.Asks.Open(Self);

    protected override void PreRestart(Exception reason, object message)
    {
        _isRestarting = true;
        FailAll("the request tracker was restarted");
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);

        // The message that announced the asks in the queue may be the one that failed.
        Self.Tell(RequestMessages.AsksPosted.Instance, ActorRefs.NoSender);
    }

    protected override void PostStop()
    {
        _expiryDue.Stop();
        if (!_isRestarting)
        {
            _node.Asks.Close("the node has stopped");
            FailAll("the node is stopping");
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RequestMessages.AsksPosted:
                OpenPosted();
                break;
            case RequestMessages.Ended ended:
                Settle(ended);
                break;
            case RequestMessages.Cancel cancel when _table.TryClose(
                cancel.Pending.Id, cancel.Pending.Peer.ConnectionId, out _):
                cancel.Pending.Peer.Actor.Tell(new PeerMessages.CancelRequest(cancel.Pending.Id));
                break;
            case RequestMessages.Cancel:
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

        _node.Metrics.OpenAsks = _table.Count;
    }

    private void OpenPosted()
    {
        _node.Asks.TakePosted();
        while (_node.Asks.TryTake(out PostedAsk ask))
        {
            try
            {
                Open(ask);
            }
            catch
            {
                // The buffer may already belong to another owner.
                ask.Pending.Fail(new AskException(AskFailure.NodeFailed, "the request tracker failed"));
                throw;
            }
        }
    }

    private void Open(in PostedAsk ask)
    {
        if (ask.Pending.IsOver)
        {
            ask.Message.Buffer.Release();
            return;
        }

        Peer peer = ask.Pending.Peer;
        TimeSpan now = _node.Now;
        TimeSpan deadline = now + ask.Timeout ?? TimeSpan.MaxValue;
        if (!_table.TryOpen(now, ask.Pending, peer.ConnectionId, peer.Salt ^ _incarnation, deadline, out RequestId id))
        {
            ask.Refuse(AskFailure.TooManyPending, $"{_table.Count} asks are waiting");
            return;
        }

        ask.Pending.Id = id;
        SendResult result = peer.Outbox.PostRequest(
            peer.Actor,
            new OutboxEntry(FrameKind.Request, ask.Message, ask.Lane, now + ask.Expiry, id.Value, ask.Pending.Trace));
        if (result == SendResult.Accepted)
        {
            Arm(deadline);
        }
        else if (_table.TryClose(id, peer.ConnectionId, out _))
        {
            ask.Refuse(AskOutcome.FailureOf(result), result == SendResult.NotConnected
                ? $"no connection to {peer.Address}" : $"to {peer.Address}");
        }
    }

    // An ask that is not open was settled before: expired, cancelled, or disconnected. The session counts late answers.
    private void Settle(RequestMessages.Ended ended)
    {
        foreach (ref readonly AskOutcome outcome in ended.Outcomes.AsSpan())
        {
            if (_table.TryClose(outcome.Id, ended.Link, out PendingAsk? asker))
            {
                asker.Settle(outcome);
            }
        }
    }

    private void Close(RequestMessages.LinkDown down)
    {
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
    /// Whether to postpone expired deadlines once. When they are noticed very late, the process was suspended, and
    /// answers may have arrived in time but wait to be read.
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
        _expiryDue.Start(due > s_wheelSlice ? due : s_wheelSlice);
    }

    private void FailAll(string detail)
    {
        foreach (PendingAsk asker in _table.CloseAll(null))
        {
            asker.Peer.Actor.Tell(new PeerMessages.CancelRequest(asker.Id));
            asker.Fail(new AskException(AskFailure.NodeFailed, detail));
        }
    }
}
