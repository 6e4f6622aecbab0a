namespace ActorP2P.Protocol;

/// <summary>
/// The ids of a connection's streams. The initiator of the connection opens odd ids, the responder even ones, each in
/// rising order and without a repetition.
/// </summary>
internal struct StreamIds(SessionRole role)
{
    private ulong _lastOwn;

    /// <summary>The last id that the peer has used; 0 when it has used none.</summary>
    public ulong LastOfPeer { get; private set; }

    /// <summary>The next id of this node.</summary>
    public ulong Next() => _lastOwn = _lastOwn > 0 ? _lastOwn + 2 : role == SessionRole.Initiator ? 1UL : 2UL;

    /// <summary>Records an id that the peer uses.</summary>
    /// <returns>False when the peer must not use it.</returns>
    public bool TryUse(ulong id)
    {
        bool isValid = id > LastOfPeer && !IsOwn(id);
        LastOfPeer = isValid ? id : LastOfPeer;
        return isValid;
    }

    /// <summary>Whether a stream with this id was opened, by whichever side.</summary>
    public readonly bool IsUsed(ulong id) => id > 0 && id <= (IsOwn(id) ? _lastOwn : LastOfPeer);

    private readonly bool IsOwn(ulong id) => id % 2 == (role == SessionRole.Initiator ? 1UL : 0UL);
}
