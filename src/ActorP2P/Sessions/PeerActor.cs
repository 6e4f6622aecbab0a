using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// One TCP connection: runs a <see cref="PeerSession"/>. Bytes arrive as frame batches, effects go to the actors
/// they concern, and the session's frames are written together at the end of the turn. It contains no protocol
/// rules, and each of its parts has one task: <see cref="PeerInbound"/>, <see cref="PeerHandlers"/>,
/// <see cref="PeerOutbound"/>, <see cref="PeerGossip"/>, <see cref="SessionTimer"/>, <see cref="WriteProgress"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor ends with PostStop, which aborts the connection.")]
internal sealed partial class PeerActor : TurnActor
{
    private static readonly FrameConnectionSettings s_frameSettings =
        new() { MaxPayloadBytes = SessionSettings.MaxFragment };

    // Writing makes room for those who write to streams. A fast one must not keep the turn for ever.
    private const int MostWriteRounds = 4;

    private readonly NodeContext _node;
    private readonly PeerLink _link;
    private readonly PeerSession _session;
    private readonly FrameConnection _frames;
    private readonly AskOutcomes _outcomes;
    private readonly PeerOutbound _outbound;
    private readonly PeerHandlers _handlers;
    private readonly PeerGossip _gossip;
    private readonly PeerInbound _inbound;
    private readonly PeerAdmission _admission;
    private readonly PeerStreams _streams;
    private readonly SessionTimer _timer;
    private WriteProgress _progress;
    private ConnectionCounts _counted;
    private TimeSpan _now;
    private Disconnect? _end;
    private bool _isMemoryOver;
    private bool _wasReady;

    public PeerActor(NodeContext node, PeerLink link, IActorRef tracker, IActorRef broadcaster)
    {
        _node = node;
        _link = link;
        _link.Peer.Actor = Self;
        _session = new PeerSession(link.Role, node.CreateHello(), node.Settings.Session, node.Memory,
            node.Random.SeedFor(NodeRandom.Purpose.Session, link.Number), node.Secret?.Keys)
        {
            Access = node.Access,
            AsksHost = node.Catalog.Admissions.Peer is not null,
        };
        _session.Grants.Rate = new PeerRate(node.Pressure, node.Now);
        _frames = new FrameConnection(link.Connection, s_frameSettings);
        _outcomes = new AskOutcomes(tracker, link.Number);
        _outbound = new PeerOutbound(link, _session, _frames, _outcomes);
        _handlers = new PeerHandlers(node, Self, _session, _outbound);
        _gossip = new PeerGossip(node, link, _session, Self, broadcaster);
        _inbound = new PeerInbound(node, link, _session, _outbound, _handlers, _gossip, _outcomes, Self);
        _admission = new PeerAdmission(node, link, _session, Self);
        _streams = new PeerStreams(node, link, _session, _inbound);
        _timer = new SessionTimer(node.TimeProvider, Self);
        _progress = new WriteProgress(node.Settings.Session.NoProgressTimeout);
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

        _admission.AskForConnection();
        StartFrames();
        OnTurnEnd();
    }

    protected override void PostStop()
    {
        _timer.Stop();

        // Stopped from outside or failed: the callers who wait for this link must still learn why it ended.
        if (_session.State < SessionState.Draining)
        {
            _session.Fail(_node.Now, DisconnectReason.InternalError, "the connection's actor was stopped");
        }

        _session.OnTransportClosed(DisconnectReason.InternalError, "the connection's actor was stopped");
        DropEffects();
        _gossip.EndTurn();
        _outbound.DropPosted(_now);
        _outcomes.Tell();
        AbortFrames();
        _admission.Close();
        _handlers.Close();
        _inbound.Close();
        _streams.Close(_end ?? new Disconnect(DisconnectReason.InternalError, DisconnectSide.Local, ""));
        Count();
        Context.Parent.Tell(new ManagerMessages.LinkEnded(
            _link.Number, _end ?? new Disconnect(DisconnectReason.InternalError, DisconnectSide.Local, "")));
    }

    protected override void OnReceive(object message)
    {
        _now = _node.Now;
        _progress.Note(_frames, _session);

        // Send messages posted earlier first, because this message may be the order to close.
        if (!_link.Outbox.IsEmpty)
        {
            _outbound.TakePosted(_now);
        }

        Handle(message);
    }

    /// <summary>
    /// Writes everything that the turn's messages have asked for, in as few system calls as possible.
    /// </summary>
    protected override void OnTurnEnd()
    {
        CarryOut();
        StartFrames();
        if (!_admission.HoldsConnection)
        {
            for (int rounds = 0; rounds == 0 || (rounds < MostWriteRounds && _streams.TakeTouched(_now)); rounds++)
            {
                _outbound.Write(_now);
                CarryOut();
            }

            _outbound.ShutdownIfDue();
            CarryOut();
        }

        _gossip.EndTurn();
        Count();
        _link.Peer.Counters.Note(_frames, _session, _now);
        ChargeMemory();
        _handlers.EndTurn();
        if (_outbound.EndTurn())
        {
            Self.Tell(PeerMessages.OutboxFilled.Instance);
        }

        _outcomes.Tell();
        if (_session.State == SessionState.Closed)
        {
            Context.Stop(Self);
            return;
        }

        TimeSpan? beside = SessionTimer.Earlier(_outbound.NextGiveUp, _handlers.NextExpiry);
        _timer.Arm(_session, SessionTimer.Earlier(beside, _progress.NextLook(_session)), _now);
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case FrameBatch batch:
                Receive(batch);
                break;
            case PeerMessages.Room or PeerMessages.OutboxFilled:
                // The posted messages have been taken; the end of the turn writes.
                break;
            case PeerMessages.StreamsTouched:
                _streams.TakeTouched(_now);
                break;
            case PeerMessages.HandlersEnded:
                _handlers.TakeEnded(_now);
                break;
            case PeerMessages.SlotGranted:
                _handlers.TakeSlot();
                break;
            case PeerMessages.SendBroadcasts broadcasts when _session.State >= SessionState.Draining:
                // By way of the manager, which has told the Broadcaster of the end before.
                Context.Parent.Tell(new GossipMessages.Returned(_link.Peer, broadcasts));
                break;
            case PeerMessages.SendBroadcasts broadcasts:
                _outbound.Send(broadcasts, _now);
                break;
            case PeerMessages.AskForBroadcasts ask:
                _session.AskFor(ask.Ids);
                break;
            case PeerMessages.CancelRequest cancel:
                _outbound.Cancel(cancel.Id);
                break;
            case PeerMessages.BroadcastsDone done:
                _gossip.Finish(done.Broadcasts, _now);
                break;
            case PeerMessages.RefuseBroadcast refuse:
                _gossip.Refuse(refuse.Id);
                break;
            case PeerMessages.ReplyRoom:
                _session.OnReplyRoom(_now);
                break;
            case PeerMessages.DeadlineDue:
                TakeDeadline();
                break;
            case PeerMessages.ConnectionClosed closed:
                _session.OnTransportClosed(closed.Reason, closed.Error.Detail);
                break;
            case PeerMessages.HandshakesCrowded:
                _session.OnHandshakesCrowded();
                break;
            case PeerMessages.ProfileChanged:
                _session.Say(_node.Profile.State, _node.Profile.WantedBroadcasts);
                break;
            case PeerMessages.AdmissionGiven given:
                TakeAdmission(given);
                break;
            case PeerMessages.RulesChanged:
                JudgeAgain();
                break;
            case PeerMessages.Probe:
                _session.Probe(_now);
                break;
            case PeerMessages.End end:
                End(end);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Receive(FrameBatch batch)
    {
        _node.Pressure.OnWaited(Self, _now, _now - batch.ArrivedAt);
        if (_admission.HoldsFrames)
        {
            _admission.Hold(batch);
            return;
        }

        if (_session.State < SessionState.Ready)
        {
            _session.ProvenId = _link.Connection.RemoteId;
            _session.Access = _node.Access;
            RefuseBanned();
        }

        try
        {
            while (!_admission.HoldsFrames && batch.TryRead(out Frame frame))
            {
                _session.HandleFrame(_now, frame);

                // Bodies lie in the batch's slab, so they are read or copied here, before the next frame.
                CarryOut(batch);
            }

            if (_admission.HoldsFrames)
            {
                _admission.Hold(batch);
                return;
            }

            if (batch.Oversized is { } oversized)
            {
                _session.HandleOversizedFrame(_now, oversized);
            }

            batch.Release();
        }
        catch
        {
            batch.Release();
            throw;
        }

        _handlers.Post();
    }

    private void CarryOut(FrameBatch? batch = null)
    {
        while (_session.TryGetEffect(out SessionEffect effect))
        {
            if (effect.Event is not { } happened)
            {
                _inbound.Take(effect.Message, _now);
            }
            else if (!_gossip.TryTake(happened) && !_outcomes.TryTake(happened))
            {
                CarryOut(happened);
            }
        }

        _streams.CarryOut(_now, batch);
    }

    private void CarryOut(SessionEvent happened)
    {
        switch (happened)
        {
            case SessionEvent.AdmissionAsked:
                _admission.AskForPeer();
                break;
            case SessionEvent.Ready:
                _wasReady = true;
                _frames.BoundSending(_session.RoundTrip ?? TimeSpan.Zero);
                _link.Outbox.Open(_session.RemoteHello!.MaxMessage);
                Context.Parent.Tell(new ManagerMessages.LinkReady(_inbound.Remote));
                break;
            case SessionEvent.Updated updated:
                _inbound.TakeUpdate(updated);
                break;
            case SessionEvent.Answered:
                Context.Parent.Tell(new ManagerMessages.LinkAnswered(_link.Number));
                break;
            case SessionEvent.RequestCancelled cancelled:
                _inbound.Cancel(cancelled.Id, _now);
                _handlers.Cancel(cancelled.Id);
                break;
            default:
                CarryOutEnd(happened);
                break;
        }
    }

    /// <summary>
    /// Charges the bytes held here to the node's budget. It notifies the manager, once, if the node holds more than it
    /// may.
    /// </summary>
    private void ChargeMemory()
    {
        _session.ChargeMemory();
        bool isOver = _node.Memory.IsOver;
        if (isOver && !_isMemoryOver)
        {
            Context.Parent.Tell(ManagerMessages.MemoryShort.Instance);
        }

        _isMemoryOver = isOver;
    }

    private void Count()
    {
        long expired = _inbound.Expired + _handlers.Expired + _outbound.Expired;
        ConnectionCounts counts = ConnectionCounts.Of(_frames, _session, expired, _inbound.NotAllowed);
        _node.Counters.Add(counts, _counted);
        _counted = counts;
    }
}
