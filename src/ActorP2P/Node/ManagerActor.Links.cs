using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <content>Links: who may have one, how they become ready, drain and end.</content>
internal sealed partial class ManagerActor
{
    private void Connect(ConnectPromise promise)
    {
        Link? link = _links.To(promise.Address);
        if (_isStopping)
        {
            promise.Fail(ConnectFailure.Stopping, "");
        }
        else if (link is { Peer: not null })
        {
            link.IsWanted |= promise.Succeed(link.Peer);
        }
        else if (link is not null)
        {
            (link.Promises ??= []).Add(promise);
        }
        else
        {
            _dialer.Tell(new DialerMessages.Dial(promise));
        }
    }

    /// <summary>
    /// A caller no longer waits for a connection. A connection that is needed for nothing else is closed.
    /// </summary>
    private void Abandon(ConnectPromise promise)
    {
        if (_links.Abandon(promise) is { } link)
        {
            CloseUnwanted(link);
        }
        else
        {
            _dialer.Tell(new DialerMessages.Abandon(promise));
        }
    }

    private static void CloseUnwanted(Link link)
    {
        if (link is { IsWanted: false, IsEnding: false, Promises: null or { Count: 0 } })
        {
            link.Actor.Tell(
                new PeerMessages.End(
                    DisconnectReason.ApplicationClosed, "nobody waits for the connection", IsFault: false));
        }
    }

    private void Admit(
        SessionRole role, IConnection connection, PeerAddress? target, IReadOnlyList<ConnectPromise> promises,
        bool isPlanned = true)
    {
        if (!isPlanned && promises.All(static promise => promise.IsCancelled))
        {
            connection.Abort();
            connection.Dispose();
            return;
        }

        Disconnect? refusal = RefusalOf(connection, target);
        if (refusal is null && role == SessionRole.Responder)
        {
            _halfOpen.MakeRoom(mayTell: _links.Refused < MaxRefusing);
        }

        if (refusal is not null && (role == SessionRole.Initiator || _links.Refused >= MaxRefusing))
        {
            RefuseAtOnce(connection, target, refusal, promises);
            return;
        }

        PeerLink peerLink = new(++_lastLink, (uint)_salts.Next(), role, connection,
            new Outbox(role, connection.RemoteAddress, _node.Settings.Session.MaxQueued, _node.Memory), refusal)
        {
            Target = target,
        };
        peerLink.Peer = new Peer(_node, peerLink);
        IActorRef actor = Context.Watch(Context.ActorOf(
            NodeMailbox.Give(Props.CreateBy(new PeerActorProducer(_node, peerLink, _tracker, _broadcaster))),
            LinkTable.ActorName(peerLink.Number)));
        peerLink.Peer.Actor = actor;
        Link link = new(actor, peerLink, target) { IsRefused = refusal is not null, IsWanted = isPlanned };
        _links.Add(link);
        _halfOpen.ShortenTimeouts();

        foreach (ConnectPromise promise in promises)
        {
            // A request must not reach a stranger: where somebody is refused at the hello, it waits for the hello.
            if (promise.Early && _node.Secret is null && !_node.Access.NamesNodes
                && _node.Catalog.Admissions.Peer is null)
            {
                link.IsWanted |= promise.Succeed(peerLink.Peer);
            }
            else
            {
                (link.Promises ??= []).Add(promise);
            }
        }

        CloseUnwanted(link);
    }

    private void RefuseAtOnce(
        IConnection connection, PeerAddress? target, Disconnect refusal, IReadOnlyList<ConnectPromise> promises)
    {
        PeerAddress address = connection.RemoteAddress;
        connection.Abort();
        connection.Dispose();
        Log.RefusedAtOnce(_node.Logger, address, refusal);
        Publish(new PeerRefused(address, target is not null, refusal));
        if (target is not null)
        {
            // A ban or an access rule concerns this address; any other reason concerns all addresses of the name.
            PeerAddress at = refusal.Reason is DisconnectReason.Banned or DisconnectReason.NotAdmitted
                ? address
                : target.WithoutId;
            _dialer.Tell(new DialerMessages.Ended(target, at, WasReady: false, refusal, []));
        }

        ConnectFailure reason = refusal.Reason switch
        {
            DisconnectReason.Banned => ConnectFailure.Banned,
            DisconnectReason.NotAdmitted => ConnectFailure.NotAdmitted,
            DisconnectReason.ShuttingDown => ConnectFailure.Stopping,
            _ => ConnectFailure.TooManyConnections,
        };
        foreach (ConnectPromise promise in promises)
        {
            promise.Fail(reason, refusal.Detail);
        }
    }

    private void TakeReady(Peer peer)
    {
        if (!_links.TryGet(peer.ConnectionId, out Link? link) || link.IsEnding)
        {
            return;
        }

        _links.MakeReady(link, peer);
        PostPeers();
        Log.PeerReady(_node.Logger, peer.ConnectionId, peer);
        _broadcaster.Tell(new GossipMessages.LinkReady(peer));
        if (link.Target is not null)
        {
            _dialer.Tell(new DialerMessages.Connected(link.Target));
        }

        Publish(new PeerConnected(peer));
        link.Promises?.ForEach(promise => link.IsWanted |= promise.Succeed(peer));
        link.Promises = null;
        CloseUnwanted(link);
        CloseDenied(link);
        _bans.CloseBanned(link);
    }

    private void TakeDraining(long number)
    {
        if (_links.TryGet(number, out Link? link))
        {
            _links.NoteEnding(link);
            PostPeers();
            _broadcaster.Tell(new GossipMessages.LinkGone(number));
        }
    }

    private void TakeEnded(long number, Disconnect end)
    {
        if (!_links.Remove(number, out Link? link))
        {
            return;
        }

        // The link's outbox is closed by now, so the tracker opens no further ask on it.
        _tracker.Tell(new RequestMessages.LinkDown(number, end));
        _broadcaster.Tell(new GossipMessages.LinkGone(number));
        PostPeers();
        if (end.Side == DisconnectSide.Local && !end.IsOrderly)
        {
            Log.LinkFaulted(_node.Logger, number, link.Address, end);
            _bans.Charge(link, ReasonTable.Of(end.Reason).Points, $"{end.Reason}");
        }
        else
        {
            Log.LinkEnded(_node.Logger, number, link.Address, end);
        }

        Publish(link.Peer is { } peer
            ? new PeerDisconnected(peer, end)
            : new PeerRefused(link.Address, link.IsOutbound, end));
        _node.Closings.End(link.Remote);
        link.Remote.End();
        IReadOnlyList<ConnectPromise> waiting = link.Promises ?? [];
        if (_isStopping || link.Target is null || link.Target.WithoutId == link.Address)
        {
            foreach (ConnectPromise promise in waiting)
            {
                promise.Fail(ConnectFailure.HandshakeFailed, end.ToString(), end);
            }

            waiting = [];
        }

        if (link.Target is not null)
        {
            _dialer.Tell(new DialerMessages.Ended(link.Target, link.Address, link.Peer is not null, end, waiting));
        }

        if (link.BytesToFree is not null)
        {
            _relief.Relieve(_broadcaster);
        }

        if (_isStopping && _links.Count == 0)
        {
            AwaitHandlers();
        }
    }

    /// <summary>A PeerActor has stopped. It has reported why, unless it failed before it could.</summary>
    private bool TryTakeEnded(IActorRef actor)
    {
        if (_links.Of(actor) is { } link)
        {
            EndFor(link, "the connection's actor failed");
        }

        return LinkTable.IsActorOfLink(actor);
    }

    /// <summary>Ends a link whose actor could not end it, or not completely.</summary>
    private void EndFor(Link link, string detail)
    {
        link.Connection.Abort();
        link.Connection.Dispose();
        link.CloseOutbox();
        TakeEnded(link.Number, new Disconnect(DisconnectReason.InternalError, DisconnectSide.Local, detail));
    }

    private void PostPeers() => _node.Board.Peers = _links.Peers;

    private Disconnect? RefusalOf(IConnection connection, PeerAddress? target)
    {
        if (_isStopping)
        {
            return new Disconnect(DisconnectReason.ShuttingDown, DisconnectSide.Local, "");
        }

        if (_bans.RefusalOf(connection.RemoteAddress, target) is { } banned)
        {
            return banned;
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
        _profile.Set(_node.Profile with { WantedBroadcasts = _node.Catalog.Wanted(_node.Settings.TakenBroadcasts) });
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

        if (_bans.Charge(link, penalise.Points, penalise.Detail))
        {
            link.Actor.Tell(new PeerMessages.End(DisconnectReason.Penalised, penalise.Detail, IsFault: true));
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
