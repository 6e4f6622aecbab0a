namespace ActorP2P.Protocol;

/// <summary>
/// The progress of both sides' goodbyes. Each side sends one, and acknowledges the other's once it has drained.
/// </summary>
internal struct Goodbye
{
    private Step _own;
    private Step _ofPeer;

    private enum Step
    {
        None,
        Sent,
        Acknowledged,
    }

    /// <summary>Whether this node has sent its goodbye.</summary>
    public readonly bool IsSent => _own != Step.None;

    /// <summary>Whether the peer has acknowledged this node's goodbye.</summary>
    public readonly bool IsAcknowledged => _own == Step.Acknowledged;

    public void OnSent() => _own = Step.Sent;

    /// <summary>The peer's goodbye has arrived.</summary>
    /// <returns>False when it is not the first.</returns>
    public bool TryReceive()
    {
        bool isFirst = _ofPeer == Step.None;
        _ofPeer = isFirst ? Step.Sent : _ofPeer;
        return isFirst;
    }

    /// <summary>The peer acknowledges this node's goodbye.</summary>
    /// <returns>False when there is no goodbye to acknowledge.</returns>
    public bool TryReceiveAck()
    {
        bool isDue = _own == Step.Sent;
        _own = isDue ? Step.Acknowledged : _own;
        return isDue;
    }

    /// <summary>This node has drained.</summary>
    /// <returns>Whether the peer's goodbye is to be acknowledged now.</returns>
    public bool TryAcknowledge()
    {
        bool isDue = _ofPeer == Step.Sent;
        _ofPeer = isDue ? Step.Acknowledged : _ofPeer;
        return isDue;
    }
}
