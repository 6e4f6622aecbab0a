namespace ActorP2P;

/// <content>What the node says of itself to its peers, and what they say anew of themselves.</content>
internal sealed partial class ManagerActor
{
    private void SetState(ManagerMessages.SetState set)
    {
        SetProfile(_node.Profile with { State = set.State });
        set.Done.TrySetResult();
    }

    /// <summary>
    /// Changes what the node says of itself. A connection that is made later says it in its hello; all others, also
    /// those in their handshake, say it anew.
    /// </summary>
    private void SetProfile(NodeProfile profile)
    {
        _node.Profile = profile;
        foreach (Link link in _links.All)
        {
            link.Actor.Tell(PeerMessages.ProfileChanged.Instance);
        }
    }

    private void TakeState(ManagerMessages.PeerState said)
    {
        if (_links.TryGet(said.Peer.ConnectionId, out Link? link) && link.Peer is not null)
        {
            Publish(new PeerStateChanged(said.Peer, said.State));
        }
    }
}
