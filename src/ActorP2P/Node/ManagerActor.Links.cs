using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <content>Links: who may have one, how they become ready, drain and end.</content>
internal sealed partial class ManagerActor
{
    private void Connect(ConnectPromise promise)
    {
        if (_isStopping)
        {
            promise.Fail(ConnectFailure.Stopping, "");
        }
        else if (!_calls.TryGive(promise) && _outbound.MayDial(promise))
        {
            _dialer.Tell(new DialerMessages.Dial(promise));
        }
    }

    private void Abandon(ConnectPromise promise)
    {
        if (!_calls.TryAbandon(promise))
        {
            _dialer.Tell(new DialerMessages.Abandon(promise));
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

        PeerKind kind = role == SessionRole.Responder ? PeerKind.Inbound : OutboundSlots.KindOf(promises, isPlanned);
        Disconnect? refusal = RefusalOf(connection, kind, target);
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
        peerLink.Peer.Serve(kind);
        IActorRef actor = Context.Watch(Context.ActorOf(
            NodeMailbox.Give(Props.CreateBy(new PeerActorProducer(_node, peerLink, _tracker, _broadcaster))),
            LinkTable.ActorName(peerLink.Number)));
        peerLink.Peer.Actor = actor;
        Link link = new(actor, peerLink, target) { IsRefused = refusal is not null, IsWanted = isPlanned };
        _links.Add(link);
        _halfOpen.ShortenTimeouts();

        // A request must not reach a stranger: where somebody is refused at the hello, it waits for the hello.
        ConnectCalls.Join(link, promises, mayBeEarly: _node.Secret is null && !_node.Access.NamesNodes
            && _node.Catalog.Admissions.Peer is null);
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
        if (!_nodeLinks.IsLinked(peer.Id) && _inbound.TryRefuse(link))
        {
            return;
        }

        if (peer.Id is { } id)
        {
            _nodeLinks.OnReady(link, id);
        }
        else
        {
            Show(link);
        }

        _rules.CloseDenied(link);
        _bans.CloseBanned(link);
    }

    /// <summary>A ready link can be used: tells those who want to know.</summary>
    private void Show(Link link)
    {
        if (link.IsShown)
        {
            return;
        }

        Peer peer = link.Remote;
        _links.Show(link);
        PostPeers();
        Log.PeerReady(_node.Logger, peer.ConnectionId, peer);
        _broadcaster.Tell(new GossipMessages.LinkReady(peer));
        TellConnected(link.Targets);
        Publish(new PeerConnected(peer));
        ConnectCalls.Succeed(link);
    }

    /// <summary>Closes a link, because another one to the same node is used.</summary>
    private void Replace(Link link)
    {
        TakeDraining(link.Number);
        link.Actor.Tell(new PeerMessages.End(
            DisconnectReason.DuplicateConnection, "the two nodes use another connection", IsFault: false));
    }

    /// <summary>A link ends. If its node has another link, that one stands for it from now on.</summary>
    private bool TryHandOver(Link link)
    {
        if (_isStopping || _nodeLinks.Beside(link) is not { } used)
        {
            return false;
        }

        if (used.IsShown)
        {
            TellConnected(link.Targets);
        }

        _links.MoveTargets(link, used);
        ConnectCalls.HandOver(link, used);
        return true;
    }

    private void TellConnected(IReadOnlyList<PeerAddress> targets)
    {
        foreach (PeerAddress target in targets)
        {
            _dialer.Tell(new DialerMessages.Connected(target));
        }
    }

    private void TakeDraining(long number)
    {
        if (_links.TryGet(number, out Link? link))
        {
            // First, because it may show another link to the same node, to which broadcasts go from now on.
            _nodeLinks.OnGone(link);
            TryHandOver(link);
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

        _nodeLinks.OnGone(link);
        link.Remote.IsReplaced = TryHandOver(link);

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

        Publish(link.IsShown
            ? new PeerDisconnected(link.Remote, end)
            : new PeerRefused(link.Address, link.IsOutbound, end));
        _node.Closings.End(link.Remote);
        link.Remote.End();
        IReadOnlyList<ConnectPromise> waiting = link.Promises ?? [];
        if (_isStopping || link.Peer is not null || link.Target is null || link.Target.WithoutId == link.Address)
        {
            foreach (ConnectPromise promise in waiting)
            {
                promise.Fail(ConnectFailure.HandshakeFailed, end.ToString(), end);
            }

            waiting = [];
        }

        foreach (PeerAddress target in link.Targets)
        {
            _dialer.Tell(new DialerMessages.Ended(target, link.Address, link.Peer is not null, end, waiting));
            waiting = [];
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

    private void LetGo(ManagerMessages.LetGo released)
    {
        bool closes = _links.TryGet(released.Peer.ConnectionId, out Link? link)
            && !ConnectCalls.IsNeeded(link, _node.Settings);
        if (closes)
        {
            Close(link!);
        }

        released.IsClosing.TrySetResult(closes);
    }

    private void Close(Link link)
    {
        // At once, and not when the connection reports that it drains: a caller who connects after this wants another
        // connection.
        TakeDraining(link.Number);
        link.Actor.Tell(new PeerMessages.End(DisconnectReason.ApplicationClosed, "", IsFault: false));
    }

    private void PostPeers() => _node.Board.Peers = _links.Peers;

    private Disconnect? RefusalOf(IConnection connection, PeerKind kind, PeerAddress? target)
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

        string? full = kind == PeerKind.Inbound ? _inbound.RefusalOf(connection.RemoteAddress.Host)
            : _outbound.RefusalOf(kind, connection.RemoteAddress);
        return full is null ? null
            : new Disconnect(DisconnectReason.TooManyConnections, DisconnectSide.Local, full);
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
        if (_links.TryGet(said.Peer.ConnectionId, out Link? link) && link.IsShown)
        {
            Publish(new PeerStateChanged(said.Peer, said.State));
        }
    }
}
