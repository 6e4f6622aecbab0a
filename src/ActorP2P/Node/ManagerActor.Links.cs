using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <content>Links: admitted, ready, draining, ended.</content>
internal sealed partial class ManagerActor
{
    private const string PeerNamePrefix = "peer-";

    private void Connect(ConnectPromise promise)
    {
        Link? link = _links.Values.FirstOrDefault(candidate => candidate.Target == promise.Address && !candidate.IsEnding);
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

    /// <summary>Nobody waits any more for what a promise was made for: a connection that only it was for is given up.</summary>
    private void Abandon(ConnectPromise promise)
    {
        Link? link = _links.Values.FirstOrDefault(candidate => candidate.Promises?.Remove(promise) == true);
        if (link is null)
        {
            _dialer.Tell(new DialerMessages.Abandon(promise));
        }
        else
        {
            CloseUnwanted(link);
        }
    }

    private static void CloseUnwanted(Link link)
    {
        if (link is { IsWanted: false, IsEnding: false, Promises: null or { Count: 0 } })
        {
            link.Actor.Tell(new PeerMessages.End(DisconnectReason.ApplicationClosed, "nobody waits for the connection", IsFault: false));
        }
    }

    private void Admit(
        SessionRole role, IConnection connection, PeerAddress? target, IReadOnlyList<ConnectPromise> promises, bool isPlanned = true)
    {
        if (!isPlanned && promises.All(static promise => promise.IsCancelled))
        {
            connection.Abort();
            connection.Dispose();
            return;
        }

        Disconnect? refusal = RefusalOf(connection);
        if (refusal is null && role == SessionRole.Responder)
        {
            MakeHalfOpenRoom();
        }

        if (refusal is not null && (role == SessionRole.Initiator || _links.Values.Count(link => link.IsRefused) >= MaxRefusing))
        {
            RefuseAtOnce(connection, target, refusal, promises);
            return;
        }

        PeerLink peerLink = new(++_lastLink, (uint)_salts.Next(), role, connection,
            new Outbox(_node.Settings.Session.MaxQueued, _node.Memory), refusal);
        IActorRef actor = Context.Watch(Context.ActorOf(
            NodeMailbox.Give(Props.CreateBy(new PeerActor.Producer(_node, peerLink, _tracker, _broadcaster))), $"{PeerNamePrefix}{peerLink.Number}"));
        Link link = new(actor, peerLink, target) { IsRefused = refusal is not null, IsWanted = isPlanned };
        _links.Add(peerLink.Number, link);
        HurryHalfOpen();

        // Told before the promise is kept: an ask that follows at once must find the link.
        _tracker.Tell(new RequestMessages.LinkUp(peerLink.Number, peerLink.Salt, actor));
        foreach (ConnectPromise promise in promises)
        {
            if (promise.Early)
            {
                link.IsWanted |= promise.Succeed(new Peer(_node, peerLink, actor, hello: null, ServiceMap.Unknown));
            }
            else
            {
                (link.Promises ??= []).Add(promise);
            }
        }

        CloseUnwanted(link);
    }

    private Disconnect? RefusalOf(IConnection connection)
    {
        int taken = _links.Values.Count(link => !link.IsRefused);
        if (_isStopping)
        {
            return new Disconnect(DisconnectReason.ShuttingDown, DisconnectSide.Local, "");
        }

        if (_penalties.IsBanned(_node.Now, connection.RemoteAddress))
        {
            return new Disconnect(DisconnectReason.Banned, DisconnectSide.Local, connection.RemoteAddress.Host);
        }

        return taken >= _node.Settings.MaxConnections
            ? new Disconnect(DisconnectReason.TooManyConnections, DisconnectSide.Local, $"{taken} connections")
            : null;
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
            // A ban is of the one address; what else there is against it would be against any other, too.
            PeerAddress at = refusal.Reason == DisconnectReason.Banned ? address : target;
            _dialer.Tell(new DialerMessages.Ended(target, at, WasReady: false, refusal, []));
        }

        ConnectFailure reason = refusal.Reason switch
        {
            DisconnectReason.Banned => ConnectFailure.Banned,
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
        if (!_links.TryGetValue(peer.ConnectionId, out Link? link) || link.IsEnding)
        {
            return;
        }

        link.Peer = peer;

        // It became ready while it was told to make room: then it stays.
        link.IsRefused = false;
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
    }

    private void TakeDraining(long number)
    {
        if (_links.TryGetValue(number, out Link? link))
        {
            link.IsEnding = true;
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

        // Told by the manager, who told that the link was up: from the link itself it could come before that, and be lost.
        _tracker.Tell(new RequestMessages.LinkDown(number, end));
        _broadcaster.Tell(new GossipMessages.LinkGone(number));
        PostPeers();
        if (end.Side == DisconnectSide.Local && !end.IsOrderly)
        {
            Log.LinkFaulted(_node.Logger, number, link.Address, end);
            Charge(link, ReasonTable.Of(end.Reason).Points, $"{end.Reason}");
        }
        else
        {
            Log.LinkEnded(_node.Logger, number, link.Address, end);
        }

        Publish(link.Peer is { } peer
            ? new PeerDisconnected(peer, end)
            : new PeerRefused(link.Address, link.IsOutbound, end));
        IReadOnlyList<ConnectPromise> waiting = link.Promises ?? [];
        if (_isStopping || link.Target is null || link.Target == link.Address)
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

        if (link.Relief is not null)
        {
            RelieveMemory();
        }

        if (_isStopping && _links.Count == 0)
        {
            AwaitHandlers();
        }
    }

    /// <summary>A PeerActor has stopped. It has said why, unless it failed before it could say anything.</summary>
    private bool TryTakeEnded(IActorRef actor)
    {
        if (!actor.Path.Name.StartsWith(PeerNamePrefix, StringComparison.Ordinal))
        {
            return false;
        }

        if (_links.Values.FirstOrDefault(candidate => candidate.Actor.Equals(actor)) is { } link)
        {
            EndFor(link, "the connection's actor failed");
        }

        return true;
    }

    /// <summary>Ends a link whose actor could not, or could not to its end.</summary>
    private void EndFor(Link link, string detail)
    {
        link.Connection.Abort();
        link.Connection.Dispose();
        link.CloseOutbox();
        TakeEnded(link.Number, new Disconnect(DisconnectReason.InternalError, DisconnectSide.Local, detail));
    }

    private void Penalise(ManagerMessages.Penalise penalise)
    {
        if (!_links.TryGetValue(penalise.Link, out Link? link))
        {
            return;
        }

        if (Charge(link, penalise.Points, penalise.Detail))
        {
            link.Actor.Tell(new PeerMessages.End(DisconnectReason.Penalised, penalise.Detail, IsFault: true));
        }
    }

    /// <summary>Charges a peer's address.</summary>
    /// <returns>Whether it is banned with that.</returns>
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

    private void PostPeers() => _node.Board.Peers = [.. _links.Values.Where(link => link.IsOpen).Select(link => link.Peer!)];

    /// <summary>What the manager knows of a link.</summary>
    private sealed class Link(IActorRef actor, PeerLink link, PeerAddress? target)
    {
        public IActorRef Actor { get; } = actor;

        public long Number => link.Number;

        public IConnection Connection => link.Connection;

        /// <summary>Bytes that the node holds for the peer.</summary>
        public long Weight => link.Outbox.Weight;

        public uint Salt => link.Salt;

        /// <summary>The message type of the inline handler that runs in its turn; 0 when none does.</summary>
        public ushort InlineType => link.InlineType;

        /// <summary>Lets no notify in any more, and fails those that wait.</summary>
        public void CloseOutbox() => link.Outbox.Close();

        public PeerAddress Address => link.Address;

        public bool IsOutbound => link.Role == SessionRole.Initiator;

        /// <summary>What was dialled to get it.</summary>
        public PeerAddress? Target { get; } = target;

        /// <summary>Who waits for it to become ready.</summary>
        public List<ConnectPromise>? Promises { get; set; }

        /// <summary>Set once it is ready.</summary>
        public Peer? Peer { get; set; }

        public bool IsEnding { get; set; }

        /// <summary>Whether the node wants it, or somebody has it, however many of those who wait for it give up.</summary>
        public bool IsWanted { get; set; }

        /// <summary>What it held when it was closed for want of memory; null when it was not.</summary>
        public long? Relief { get; set; }

        public bool IsRefused { get; set; }

        /// <summary>Whether it was told to say hello sooner.</summary>
        public bool IsHurried { get; set; }

        public bool IsOpen => Peer is not null && !IsEnding;

        public bool IsHalfOpen => Peer is null && !IsRefused;
    }
}
