using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>The node's end: goodbyes to all peers, then a limited wait for handlers, then the stop.</content>
internal sealed partial class ManagerActor
{
    protected override void PreRestart(Exception reason, object message)
    {
        // The manager is not restarted, because its links, promises and ports belong to this instance.
        _fault ??= reason;
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason) => Context.Stop(Self);

    protected override void PostStop()
    {
        _shutdownDue.Stop();
        _bans.Stop();
        _nodeLinks.Stop();
        EndHandlers();
        SettlePromises();
        Log.Stopped(_node.Logger, _node.Id.ToShortString());
    }

    private TimeSpan _drained;

    private void BeginShutdown()
    {
        _isStopping = true;
        Context.Stop(_listener);
        Context.Stop(_dialer);
        Context.Stop(_dht);
        foreach (Link link in _links.All)
        {
            link.Actor.Tell(new PeerMessages.End(DisconnectReason.ShuttingDown, "", IsFault: false));
        }

        // Each session has its own deadline. This one covers only what might still go wrong.
        TimeSpan drainTimeout = _node.Settings.Session.DrainTimeout;
        _drained = _node.Now + drainTimeout;
        _shutdownDue.Start(drainTimeout + SessionSettings.RefusalTimeout);
        if (_links.Count == 0)
        {
            AwaitHandlers();
        }
    }

    /// <summary>
    /// All connections are gone. Handlers that still run are cancelled and get the rest of the drain timeout.
    /// </summary>
    private void AwaitHandlers()
    {
        EndHandlers();
        if (_node.Running.HaveEndedOrNotify(Self))
        {
            Context.Stop(Self);
            return;
        }

        _shutdownDue.Start(_drained - _node.Now);
    }

    private void EndHandlers()
    {
        _node.Judges.Close();
        foreach (HandlerCall call in _node.Running.Calls)
        {
            _node.Cancel(call.Context);
        }
    }

    /// <summary>The time is over. Handlers that still run are reported and no longer waited for.</summary>
    private void StopAfterTimeout()
    {
        foreach (HandlerCall call in _node.Running.Calls)
        {
            ReportRunning(call.Context.Peer, call.Type);
        }

        // A connection's actor that has not ended by now is blocked in its turn, most likely by an inline
        // handler. Stopping the actor would wait for that handler, so its promises are settled here.
        foreach (Link link in _links.All.ToArray())
        {
            if (link is { InlineType: > 0, Peer: { } peer })
            {
                ReportRunning(peer, link.InlineType);
            }

            _promises.NoteHeldUp();
            EndFor(link, "the connection's actor is blocked");
        }

        EndHandlers();
        SettlePromises();
        Context.Stop(Self);
    }

    private void ReportRunning(Peer peer, ushort type)
    {
        Log.HandlerStillRuns(_node.Logger, _node.Id.ToShortString(), $"{type:x4}", peer.ToString());
        Publish(new HandlerStillRuns(peer, type));
    }

    private void SettlePromises()
    {
        foreach (Link link in _links.All)
        {
            link.Promises?.ForEach(promise => promise.Fail(ConnectFailure.Stopping, "the node is stopping"));
            link.Remote.End();
        }

        _node.Board.Close();
        _node.Closings.EndAll();
        _promises.Stop(_isStopping || _fault is not null ? _fault : new NodeStoppedException(
            "The node was stopped from outside: its manager or its actor system was stopped."));
    }
}
