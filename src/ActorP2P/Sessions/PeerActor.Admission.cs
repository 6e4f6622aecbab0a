using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <content>What waits for the program to admit the peer.</content>
internal sealed partial class PeerActor
{
    private bool _isStarted;

    /// <summary>Starts the connection, unless the program is still asked about it.</summary>
    private void StartFrames()
    {
        if (_session.State is SessionState.Refusing)
        {
            // The peer is told why.
            _admission.ReleaseConnection();
        }

        if (!_isStarted && !_admission.HoldsConnection && _session.State != SessionState.Closed)
        {
            _isStarted = true;
            _frames.Start(new PeerSink(Self, _node));
        }
    }

    /// <summary>Refuses a banned node as soon as it has proven who it is, before its hello is read.</summary>
    private void RefuseBanned()
    {
        if (_session.ProvenId is { } proven && _session.State < SessionState.Ready
            && _node.Bans.Of(_now, proven, _node.Persistent.Has(_link.Target, proven)) is not null)
        {
            _session.Fail(_now, DisconnectReason.Banned, proven.ToShortString());
        }
    }

    private void AbortFrames()
    {
        _frames.Abort();
        if (!_isStarted)
        {
            // The frames of a connection that was never started do not dispose it.
            _link.Connection.Dispose();
        }
    }

    private void TakeAdmission(PeerMessages.AdmissionGiven given)
    {
        if (given.Call.Candidate.Stage == AdmissionStage.Service)
        {
            _inbound.TakeAdmission(given, _now);
            _streams.OnAdmission();
            _handlers.Post();
            return;
        }

        _admission.Take();
        if (!given.Outcome.IsAdmitted)
        {
            _session.Fail(_now, DisconnectReason.NotAdmitted, given.Outcome.Reason);
            return;
        }

        if (given.Call.Candidate.Stage == AdmissionStage.Connection)
        {
            _admission.ReleaseConnection();
            return;
        }

        _session.OnAdmitted(_now);
        while (_admission.Next() is { } batch)
        {
            Receive(batch);
        }
    }
}
