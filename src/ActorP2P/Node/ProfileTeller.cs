namespace ActorP2P;

/// <summary>
/// Changes what the node says of itself, and has all peers told. The ManagerActor uses it in its turns only.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="links">The connections.</param>
internal sealed class ProfileTeller(NodeContext node, LinkTable links)
{
    /// <summary>
    /// Changes what the node says of itself. A connection that is made later says it in its hello; all others, also
    /// those in their handshake, say it anew.
    /// </summary>
    public void Set(NodeProfile profile)
    {
        node.Profile = profile;
        foreach (Link link in links.All)
        {
            link.Actor.Tell(PeerMessages.ProfileChanged.Instance);
        }
    }
}
