using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// One TCP connection: pumps a <see cref="PeerSession"/>. Bytes come in as frame batches, effects go to the actors they concern,
/// and what the session has to send leaves in one write at the end of the turn. It holds no protocol of its own.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor's end is PostStop, and there the connection is given up.")]
internal sealed partial class PeerActor : TurnActor
{
    private static readonly FrameConnectionSettings s_frameSettings = new() { MaxPayloadBytes = SessionSettings.MaxFragment };

    private readonly NodeContext _node;
    private readonly PeerLink _link;
    private readonly IActorRef _tracker;
    private readonly IActorRef _broadcaster;
    private readonly PeerSession _session;
    private readonly FrameConnection _frames;
    private TimeSpan _now;
    private readonly ActorTimer _deadlineDue;
    private TimeSpan? _armed;
    private TimeSpan _due;
    private DeadlineGrace? _grace;
    private Disconnect? _end;
    private Peer? _peer;
    private bool _shutdownDue;
    private bool _isOver;
    private bool _toldOver;

    public PeerActor(NodeContext node, PeerLink link, IActorRef tracker, IActorRef broadcaster)
    {
        _node = node;
        _link = link;
        _link.Peer.Actor = Self;
        _tracker = tracker;
        _deadlineDue = new ActorTimer(node.TimeProvider, Self, PeerMessages.DeadlineDue.Instance);
        _broadcaster = broadcaster;
        _session = new PeerSession(link.Role, node.CreateHello(), node.Settings.Session, node.Memory,
            node.Random.SeedFor(NodeRandom.Purpose.Session, link.Number));
        _frames = new FrameConnection(link.Connection, s_frameSettings);
    }

    protected override void PreStart()
    {
        _now = _node.Now;
        IActorRef self = Self;
        _session.ReplyRoomGranted = () => self.Tell(PeerMessages.ReplyRoom.Instance, ActorRefs.NoSender);
        _session.Start(_now);
        if (_link.Refusal is { } refusal)
        {
            _session.Fail(_now, refusal.Reason, refusal.Detail);
        }

        _frames.Start(new PeerSink(Self));
        OnTurnEnd();
    }

    protected override void PostStop()
    {
        _deadlineDue.Stop();

        // Stopped from outside, or failed: whoever waits for this link must still learn why it ended.
        if (_session.State < SessionState.Draining)
        {
            _session.Fail(_node.Now, DisconnectReason.InternalError, "the connection's actor was stopped");
        }

        _session.OnTransportClosed(DisconnectReason.InternalError, "the connection's actor was stopped");
        DropEffects();
        TellDropped();
        _link.Outbox.Close();
        TakeOutbox();
        _frames.Abort();
        CancelHandlers();
        DropWaiting();
        Count();
        Context.Parent.Tell(new ManagerMessages.LinkEnded(
            _link.Number, _end ?? new Disconnect(DisconnectReason.InternalError, DisconnectSide.Local, "")));
    }

    protected override void OnReceive(object message)
    {
        _now = _node.Now;
        NoteProgress();

        // What was told before this message came, a goodbye perhaps, goes before it.
        if (!_link.Outbox.IsEmpty)
        {
            TakeOutbox();
        }

        Handle(message);
    }

    /// <summary>Everything the turn's messages have asked for leaves here, in as few system calls as it fits.</summary>
    protected override void OnTurnEnd()
    {
        CarryOut();
        Write();
        CarryOut();
        TellDropped();
        Count();
        _link.Peer.Counters.Note(_frames, _session, _now);
        ChargeMemory();
        if (_work?.Replies.TryOpen(QueuedBytes.OfReplies(_session)) == true)
        {
            _handlers?.RepliesTaken();
        }

        if (_link.Outbox.EndTurn(QueuedBytes.Of(_session), _session.HeldBytes + _waitingBytes, _now))
        {
            Self.Tell(PeerMessages.OutboxFilled.Instance);
        }

        if (_isOver)
        {
            Context.Stop(Self);
            return;
        }

        if (Deadline is { } deadline && !(_armed <= deadline))
        {
            _armed = deadline;
            _due = deadline < _now ? _now : deadline;
            _deadlineDue.Start(deadline - _now);
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case FrameBatch batch:
                Receive(batch);
                break;
            case PeerMessages.Room:
                // The turn's end writes on.
                break;
            case PeerMessages.Handled handled:
                TakeHandled(handled);
                break;
            case PeerMessages.HandlerWaits waits:
                NoteWait(waits);
                break;
            case PeerMessages.SlotGranted:
                TakeSlot();
                break;
            case PeerMessages.OutboxFilled:
                // Taken already, before the message was looked at.
                break;
            case PeerMessages.SendRequest request:
                SendOrWait(request);
                break;
            case PeerMessages.SendBroadcasts broadcasts:
                SendBroadcasts(broadcasts);
                break;
            case PeerMessages.AskForBroadcasts ask:
                _session.AskFor(ask.Ids);
                break;
            case PeerMessages.CancelRequest cancel:
                Cancel(cancel.Id);
                break;
            case PeerMessages.BroadcastDone done:
                _session.Finish(_now, done.Charge);
                PenaliseBroadcast(done.Points, done.Detail);
                break;
            case PeerMessages.RefuseBroadcast refuse:
                _session.RefuseBroadcast(refuse.Id, ResetReason.Duplicate);
                break;
            case PeerMessages.ReplyRoom:
                _session.OnReplyRoom(_now);
                break;
            case PeerMessages.DeadlineDue:
                _armed = null;
                LookForProgress();
                JudgeDeadline();
                DropExpired();
                _link.Outbox.Trim();
                break;
            case PeerMessages.ConnectionClosed closed:
                _session.OnTransportClosed(ReasonOf(closed.Error.Fault), closed.Error.Detail);
                break;
            case PeerMessages.End { IsForHalfOpen: true } when _session.State >= SessionState.Ready:
                break;
            case PeerMessages.End { IsFault: true } end:
                _session.Fail(_now, end.Reason, end.Detail);
                if (end.IsCut)
                {
                    _frames.Abort();
                }

                break;
            case PeerMessages.Hurry:
                _session.OnHandshakesCrowded();
                break;
            case PeerMessages.End end:
                _session.Close(_now, end.Reason, end.Detail);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>A deadline counts only when what arrived before it has been read.</summary>
    private void JudgeDeadline()
    {
        if (_session.Deadline is not { } deadline || _now < deadline)
        {
            return;
        }

        if (_grace?.IsFor(deadline) != true)
        {
            _grace = DeadlineGrace.Begin(
                _now, deadline, deadline < _due ? _due : deadline, _frames.BytesReceived, _frames.BytesWaiting);
        }

        if (_grace?.IsOver(_now, _frames.BytesReceived) != false)
        {
            _grace = null;
            _session.OnTimer(_now);
        }
    }

    private void Write()
    {
        bool more;
        do
        {
            more = WriteFrames();
        }
        while (!more && AdmitWaiting());

        if (!more)
        {
            _session.OnWriterIdle(_now);
        }
        else if (_session.State == SessionState.Ready)
        {
            _session.OnWriterBlocked(_now);
        }

        _frames.Flush();
        CarryOut();
        if (_shutdownDue && !more)
        {
            _shutdownDue = false;
            _frames.Shutdown();
        }
    }

    /// <summary>Writes what the session has to send, as long as there is room.</summary>
    /// <returns>Whether room ran out first.</returns>
    private bool WriteFrames()
    {
        while (_frames.HasRoom)
        {
            if (!_session.TryGetFrame(_now, out OutboundFrame frame))
            {
                return false;
            }

            if (frame.Owner is not null)
            {
                _frames.Append(frame.Header, frame.Prefix.Span, frame.Body, frame.Owner);
            }
            else
            {
                _frames.Append(frame.Header, frame.Body.IsEmpty ? frame.Prefix.Span : frame.Body.Span);
            }

            _session.OnFrameWritten();
        }

        return true;
    }

    /// <summary>Tells the node's budget what is held here, and once the manager, if it is more than the node may hold.</summary>
    private void ChargeMemory()
    {
        _session.ChargeMemory();
        bool isOver = _node.Memory.IsOver;
        if (isOver && !_toldOver)
        {
            Context.Parent.Tell(ManagerMessages.MemoryShort.Instance);
        }

        _toldOver = isOver;
    }

    private void Count()
    {
        _node.Counters.AddTraffic(
            _frames.BytesReceived - _counted.BytesReceived,
            _frames.BytesSent - _counted.BytesSent,
            _frames.FramesReceived - _counted.FramesReceived,
            _frames.FramesSent - _counted.FramesSent);
        _node.Counters.AddFaults(
            _session.Counters.DroppedBroadcasts - _counted.DroppedBroadcasts,
            _session.Counters.UnexpectedResponses - _counted.UnexpectedResponses,
            _session.Counters.ExpiredMessages + _expired - _counted.ExpiredMessages);
        _node.Counters.AddShortage(
            _session.Counters.RefusedForRoom - _shortage.Refused, _session.Counters.DroppedForMemory - _shortage.Dropped, _session.Counters.StalledMessages - _shortage.Stalled);
        _node.Counters.AddResends(_session.Counters.AnnouncedBroadcasts - _resends.Announced, _session.Counters.ResentBroadcasts - _resends.Resent);
        _resends = (_session.Counters.AnnouncedBroadcasts, _session.Counters.ResentBroadcasts);
        _shortage = (_session.Counters.RefusedForRoom, _session.Counters.DroppedForMemory, _session.Counters.StalledMessages);
        _counted = (_frames.BytesReceived, _frames.BytesSent, _frames.FramesReceived, _frames.FramesSent,
            _session.Counters.DroppedBroadcasts, _session.Counters.UnexpectedResponses, _session.Counters.ExpiredMessages + _expired);
    }

    private (long BytesReceived, long BytesSent, long FramesReceived, long FramesSent, long DroppedBroadcasts,
        long UnexpectedResponses, long ExpiredMessages) _counted;

    private (long Refused, long Dropped, long Stalled) _shortage;

    private (long Announced, long Resent) _resends;

    private static DisconnectReason ReasonOf(TransportFault fault) => fault switch
    {
        TransportFault.EndOfStream => DisconnectReason.ConnectionLost,
        TransportFault.Reset or TransportFault.Aborted => DisconnectReason.ConnectionReset,
        _ => DisconnectReason.TransportFailed,
    };
}
