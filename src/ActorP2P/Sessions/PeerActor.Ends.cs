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
}
