namespace ActorP2P.Actors;

/// <content>Life and failure: creation, restart, stop, and what becomes of an exception.</content>
internal sealed partial class ActorCell
{
    private int _suspensions;
    private volatile bool _terminating;

    internal bool IsTerminating => _terminating;

    private void Create()
    {
        try
        {
            _actor = NewActor();
            _actor.InvokePreStart();
            _extras?.ReceiveTimeout?.Restart();
        }
        catch (Exception cause)
        {
            ReleaseActor();
            Fault(new ActorInitializationException(_self, "Exception during creation", cause));
        }
    }

    /// <summary>Suspends this actor and its children and asks the supervisor what to do.</summary>
    private void Fault(Exception cause, IInternalActorRef? perpetrator = null)
    {
        if (_extras?.Perpetrator is not null)
        {
            // It waits for a verdict already; a second failure on the way changes nothing.
            return;
        }
        try
        {
            Extras.Perpetrator = perpetrator ?? _self;
            Extras.FailedOn = perpetrator is null ? _message : null;
            Suspend();
            SuspendChildren(except: perpetrator);
            ParentRef.SendSystem(new FailedMessage(_self, cause));
        }
        catch (Exception broken)
        {
            Report(broken, "Emergency stop: handling the failure of the actor failed");
            Terminate();
        }
    }

    private void ChildFailed(FailedMessage failed)
    {
        if (_children?.Find(failed.Child) is not { } stats)
        {
            return;
        }
        _message = failed;
        _sender = failed.Child;
        bool handled;
        try
        {
            // An actor that failed to be made has no strategy of its own; its children are stopped with it anyway.
            SupervisorStrategy strategy = Extras.Strategy ??= _actor?.StrategyOf() ?? SupervisorStrategy.DefaultStrategy;
            handled = strategy.HandleFailure(this, stats, failed.Cause);
        }
        catch (Exception cause)
        {
            Fault(cause, failed.Child);
            return;
        }
        if (!handled)
        {
            Fault(failed.Cause, failed.Child);
            return;
        }
        _message = null;
        _sender = null;
    }

    private void Recreate(Exception cause)
    {
        if (_actor is null)
        {
            RetryCreation();
            return;
        }
        if (_children is { IsNormal: false })
        {
            ResumeAfter(null);
            return;
        }
        ForgetAsync();
        try
        {
            _actor.InvokePreRestart(cause, _extras?.FailedOn);
        }
        catch (Exception hook)
        {
            Report(hook, "PreRestart threw");
        }
        _extras?.FailedOn = null;
        _message = null;
        _sender = null;
        SetReceiveTimeout(null);
        if (_children is null || !_children.WaitFor(new TerminationReason(TerminationKind.Recreation, cause)))
        {
            FinishRecreate(cause);
        }
    }

    private void FinishRecreate(Exception cause)
    {
        ChildStats[] survivors = AllChildStats();
        _extras?.Perpetrator = null;
        Resume();
        ActorBase? failed = _actor;
        try
        {
            _actor = NewActor();
            if (failed is not null)
            {
                Props.Release(failed);
            }
            _actor.InvokePostRestart(cause);
            foreach (ChildStats survivor in survivors)
            {
                survivor.Child.SendSystem(new RecreateMessage(cause));
            }
        }
        catch (Exception broken)
        {
            ReleaseActor();
            Fault(new PostRestartException(_self, broken, cause));
        }
    }

    private void RetryCreation()
    {
        foreach (ChildStats child in AllChildStats())
        {
            Stop(child.Child);
        }
        ForgetAsync();
        _extras?.Perpetrator = null;
        Resume();
        if (_children is null || !_children.WaitFor(new TerminationReason(TerminationKind.Creation)))
        {
            Create();
        }
    }

    private void ResumeAfter(Exception? causedBy)
    {
        if (_actor is null && causedBy is not null)
        {
            RetryCreation();
            return;
        }
        IInternalActorRef? perpetrator = _extras?.Perpetrator;
        Resume();
        if (causedBy is not null)
        {
            _extras?.Perpetrator = null;
            _message = null;
            _sender = null;
        }
        foreach (ChildStats child in AllChildStats())
        {
            child.Child.SendSystem(new ResumeMessage(child.Child == perpetrator ? causedBy : null));
        }
    }

    private void Terminate()
    {
        if (_terminating)
        {
            return;
        }
        _terminating = true;
        SetReceiveTimeout(null);
        UnwatchAll();
        ForgetAsync();
        foreach (ChildStats child in AllChildStats())
        {
            Stop(child.Child);
        }
        if (_children is not null && _children.WaitFor(new TerminationReason(TerminationKind.Termination)))
        {
            Suspend();
            // A failure on the way out must not reach the supervisor any more.
            Extras.Perpetrator = _self;
            return;
        }
        FinishTerminate();
    }

    private void FinishTerminate()
    {
        try
        {
            _actor?.InvokePostStop();
        }
        catch (Exception hook)
        {
            Report(hook, "PostStop threw");
        }
        UnwatchAll();
        Mailbox.Close();
        ParentRef.SendSystem(new DeathWatchNotification(_self));
        TellWatchers();
        ReleaseActor();
        _behavior = null;
        _extras?.BehaviorStack = null;
        _message = null;
        _sender = null;
    }

    private void ReleaseActor()
    {
        ActorBase? actor = _actor;
        _actor = null;
        if (actor is not null)
        {
            Props.Release(actor);
        }
    }

    private void Suspend()
    {
        _suspensions++;
        UpdateBlocked();
    }

    private void Resume()
    {
        if (_suspensions > 0)
        {
            _suspensions--;
        }
        UpdateBlocked();
    }

    private void UpdateBlocked() => Mailbox.UserBlocked = _suspensions > 0 || _pendingAsync > 0;

    private void SuspendChildren(IInternalActorRef? except)
    {
        foreach (ChildStats child in AllChildStats())
        {
            if (child.Child != except)
            {
                child.Child.SendSystem(new SuspendMessage());
            }
        }
    }

    private void Report(Exception cause, string what) =>
        System.Publish(LogLevel.ErrorLevel, cause, _self.Path.ToString(), typeof(ActorCell), what);
}
