using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <content>Who may be a peer, and what peers are charged for.</content>
internal sealed partial class ManagerActor
{
    private Disconnect? RefusalOf(IConnection connection)
    {
        if (_isStopping)
        {
            return new Disconnect(DisconnectReason.ShuttingDown, DisconnectSide.Local, "");
        }

        if (_penalties.IsBanned(_node.Now, connection.RemoteAddress))
        {
            return new Disconnect(DisconnectReason.Banned, DisconnectSide.Local, connection.RemoteAddress.Host);
        }

        if (!_node.Access.Admits(connection.RemoteAddress))
        {
            return new Disconnect(DisconnectReason.NotAdmitted, DisconnectSide.Local, connection.RemoteAddress.Host);
        }

        return _links.Taken >= _node.Settings.MaxConnections
            ? new Disconnect(DisconnectReason.TooManyConnections, DisconnectSide.Local, $"{_links.Taken} connections")
            : null;
    }

    /// <summary>Changes what can be changed while the node runs.</summary>
    private void Apply(ManagerMessages.Apply apply)
    {
        _node.Settings = SettingChanges.Applied(_node.Settings, apply.Options);
        _node.Access = new AccessRules(_node.Settings.Access);
        _node.Policy = new ServicePolicy(_node.Catalog, _node.Settings.Access);
        SetProfile(_node.Profile with { WantedBroadcasts = _node.Catalog.Wanted(_node.Settings.Broadcasts) });
        foreach (Link link in _links.All)
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
    private void CloseDenied(Link link)
    {
        bool isAdmitted = _node.Access.Admits(link.Address)
            && (link.Peer is not { } peer || _node.Access.Admits(peer.Id));
        if (!isAdmitted && !link.IsEnding && !link.IsRefused)
        {
            link.Actor.Tell(new PeerMessages.End(DisconnectReason.NotAdmitted, link.Address.Host, IsFault: true));
        }
    }

    private void Penalise(ManagerMessages.Penalise penalise)
    {
        if (!_links.TryGet(penalise.Link, out Link? link))
        {
            return;
        }

        if (Charge(link, penalise.Points, penalise.Detail))
        {
            link.Actor.Tell(new PeerMessages.End(DisconnectReason.Penalised, penalise.Detail, IsFault: true));
        }
    }

    /// <summary>Charges points to a peer's address.</summary>
    /// <returns>Whether the address is banned now.</returns>
    private bool Charge(Link link, int points, string detail)
    {
        if (points == 0)
        {
            return false;
        }

        Log.Penalised(_node.Logger, link.Address, points, detail);
        Publish(new PeerPenalised(link.Address, points, detail));
        return _penalties.Charge(_node.Now, link.Address, points);
    }
}
