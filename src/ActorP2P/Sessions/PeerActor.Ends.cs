using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>How the node ends a connection.</content>
internal sealed partial class PeerActor
{
    /// <summary>Judges a peer that has said hello by the rules that hold now.</summary>
    private void JudgeAgain()
    {
        if (_session.RemoteHello is not null && !_node.Access.Admits(_session.ProvenId))
        {
            End(new PeerMessages.End(DisconnectReason.NotAdmitted, "the rules of access have changed", IsFault: true));
        }
    }

    private void End(PeerMessages.End end)
    {
        if (end.IsForHalfOpen && _wasReady)
        {
            return;
        }

        if (!end.IsFault)
        {
            _session.Close(_now, end.Reason, end.Detail);
            return;
        }

        _session.Fail(_now, end.Reason, end.Detail);
        if (end.IsCut)
        {
            _frames.Abort();
        }
    }

    private void TakeDeadline()
    {
        _timer.Fired();
        _progress.Look(_frames, _session, _now);
        _timer.CheckDeadline(_session, _frames, _now);
        _handlers.DropExpired(_now);
        _outbound.TakePosted(_now);
        _link.Outbox.Trim();
    }

    private void CarryOutEnd(SessionEvent happened)
    {
        switch (happened)
        {
            case SessionEvent.Draining:
                _outbound.CloseOutbox();
                _streams.OnDraining();
                Context.Parent.Tell(new ManagerMessages.LinkDraining(_link.Number));
                break;
            case SessionEvent.Shutdown:
                // Close the outbox even if there was no drain: nothing new may begin on a link that is ending.
                _outbound.CloseOutbox();
                Context.Parent.Tell(new ManagerMessages.LinkDraining(_link.Number));
                _outbound.BeginShutdown();
                break;
            case SessionEvent.Abort:
                _frames.Abort();
                break;
            case SessionEvent.Closed closed:
                _outbound.CloseOutbox();
                _end = closed.End;
                break;
        }
    }

    /// <summary>Releases the effects that are left, because the actor ends.</summary>
    private void DropEffects()
    {
        while (_session.TryGetEffect(out SessionEffect effect))
        {
            effect.Release();
            _end = effect.Event is SessionEvent.Closed closed ? closed.End : _end;
        }
    }
}
