namespace ActorP2P.Protocol;

/// <summary>
/// How far the goodbyes of both sides are. Each side says one, and acknowledges the other's once it has drained.
/// </summary>
internal struct Goodbye
{
    private Step _own;
    private Step _ofPeer;

    private enum Step
    {
        None,
        Said,
        Acknowledged,
    }

    /// <summary>Whether this node has said goodbye.</summary>
    public readonly bool IsSaid => _own != Step.None;

    /// <summary>Whether the peer has acknowledged this node's goodbye.</summary>
    public readonly bool IsAcknowledged => _own == Step.Acknowledged;

    public void OnSaid() => _own = Step.Said;

    /// <summary>The peer says goodbye.</summary>
    /// <returns>False when it has said it before.</returns>
    public bool TryHear()
    {
        bool isFirst = _ofPeer == Step.None;
        _ofPeer = isFirst ? Step.Said : _ofPeer;
        return isFirst;
    }

    /// <summary>The peer acknowledges this node's goodbye.</summary>
    /// <returns>False when there is none to acknowledge.</returns>
    public bool TryHearAck()
    {
        bool isDue = _own == Step.Said;
        _own = isDue ? Step.Acknowledged : _own;
        return isDue;
    }

    /// <summary>This node has drained.</summary>
    /// <returns>Whether the peer's goodbye is to be acknowledged now.</returns>
    public bool TryAcknowledge()
    {
        bool isDue = _ofPeer == Step.Said;
        _ofPeer = isDue ? Step.Acknowledged : _ofPeer;
        return isDue;
    }
}
