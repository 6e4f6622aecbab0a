using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Applies settings that change while the node runs to its links. The ManagerActor uses it in its turns only.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="links">The node's links.</param>
/// <param name="profile">What the node says of itself.</param>
internal sealed class LinkRules(NodeContext node, LinkTable links, ProfileTeller profile)
{
    /// <summary>Changes what can be changed while the node runs.</summary>
    public void Apply(ManagerMessages.Apply apply)
    {
        node.Settings = SettingChanges.Applied(node.Settings, apply.Options);
        node.Access = new AccessRules(node.Settings.Access);
        node.Policy = new ServicePolicy(node.Catalog, node.Settings.Access);
        profile.Set(node.Profile with { WantedBroadcasts = node.Catalog.Wanted(node.Settings.TakenBroadcasts) });
        foreach (Link link in links.All)
        {
            CloseDenied(link);
            if (link.Peer is null)
            {
                // Only the link's own actor knows who is in its handshake.
                link.Actor.Tell(PeerMessages.RulesChanged.Instance);
            }
        }

        apply.Done.TrySetResult();
    }

    /// <summary>Closes a connection that the rules do not admit.</summary>
    public void CloseDenied(Link link)
    {
        bool isAdmitted = node.Access.Admits(link.Address)
            && (link.Peer is not { } peer || node.Access.Admits(peer.Id));
        if (!isAdmitted && !link.IsEnding && !link.IsRefused)
        {
            link.Actor.Tell(new PeerMessages.End(DisconnectReason.NotAdmitted, link.Address.Host, IsFault: true));
        }
    }
}
