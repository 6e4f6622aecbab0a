using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Asks the program about the connection, and about the peer after its hello. Until the program has answered, nothing
/// is read from the connection, or the frames behind the hello wait. It is a part of the PeerActor and used in its
/// turns only.
/// </summary>
internal sealed class PeerAdmission(NodeContext node, PeerLink link, PeerSession session, IActorRef self)
{
    private Queue<FrameBatch>? _held;
    private AdmissionCall? _call;

    /// <summary>Whether the connection waits for the program before it is started.</summary>
    public bool HoldsConnection { get; private set; }

    /// <summary>Whether the frames of the peer wait for the program.</summary>
    public bool HoldsFrames => session.State == SessionState.AwaitingAdmission;

    /// <summary>Asks about an accepted connection, if the program wants to be asked.</summary>
    public void AskForConnection()
    {
        if (link is { Role: SessionRole.Responder, Refusal: null }
            && node.Catalog.Admissions.Connection is { } callback)
        {
            HoldsConnection = true;
            Ask(callback, new Candidate(AdmissionStage.Connection, link.Peer, null, null, null));
        }
    }

    /// <summary>Asks about the peer, whose hello is acceptable.</summary>
    public void AskForPeer() => Ask(
        node.Catalog.Admissions.Peer!,
        new Candidate(AdmissionStage.Peer, link.Peer, session.RemoteHello, session.ProvenId, null));

    /// <summary>Keeps frames until the program has answered. The connection delivers two batches at most.</summary>
    public void Hold(FrameBatch batch) => (_held ??= new Queue<FrameBatch>()).Enqueue(batch);

    /// <summary>The frames that have waited, the oldest first; null when there are none.</summary>
    public FrameBatch? Next() => _held?.TryDequeue(out FrameBatch? batch) == true ? batch : null;

    /// <summary>The program has answered.</summary>
    public void Take() => _call = null;

    /// <summary>The connection may be started: the peer is admitted, or is to be told why not.</summary>
    public void ReleaseConnection() => HoldsConnection = false;

    /// <summary>The connection has ended.</summary>
    public void Close()
    {
        _call?.Abandon();
        while (Next() is { } batch)
        {
            batch.Release();
        }
    }

    private void Ask(AdmissionCallback callback, Candidate candidate) =>
        _call = node.Admissions.Ask(callback, candidate, self);
}
