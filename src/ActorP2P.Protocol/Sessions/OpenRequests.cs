namespace ActorP2P.Protocol;

/// <summary>
/// The open requests of both sides of a session. It holds their ids for two decisions that are made while a frame is
/// read: a response, an error or a reset for an id that is not open must change nothing, and the fragments of a
/// response that nobody waits for must not take room.
/// </summary>
internal sealed class OpenRequests
{
    // Created with the first request, because most sessions are quiet.
    private HashSet<ulong>? _own;
    private HashSet<ulong>? _ofPeer;
    private HashSet<ulong>? _answers;

    /// <summary>Requests of this node whose sending has begun and that are not answered.</summary>
    public int Own => _own?.Count ?? 0;

    /// <summary>Requests of the peer that have arrived whole and are not answered.</summary>
    public int OfPeer => _ofPeer?.Count ?? 0;

    public void AddOwn(ulong id) => (_own ??= []).Add(id);

    public bool IsOwn(ulong id) => _own?.Contains(id) == true;

    public bool RemoveOwn(ulong id) => _own?.Remove(id) == true;

    public void AddOfPeer(ulong id) => (_ofPeer ??= []).Add(id);

    public bool IsOfPeer(ulong id) => _ofPeer?.Contains(id) == true;

    public bool RemoveOfPeer(ulong id) => _ofPeer?.Remove(id) == true;

    /// <summary>The answer to a request of the peer is queued in its lane.</summary>
    public void AddAnswer(ulong id) => (_answers ??= []).Add(id);

    /// <summary>Whether the answer to a request of the peer is queued in its lane.</summary>
    public bool IsAnswerQueued(ulong id) => _answers?.Contains(id) == true;

    /// <summary>The answer has left its lane.</summary>
    public void RemoveAnswer(ulong id) => _answers?.Remove(id);

    public void Clear() => _own = _ofPeer = _answers = null;
}
