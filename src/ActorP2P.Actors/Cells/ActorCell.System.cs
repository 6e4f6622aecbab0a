namespace ActorP2P.Actors;

/// <content>The messages of the engine itself.</content>
internal sealed partial class ActorCell
{
    /// <summary>Handles one system message; a failure in it is a failure of this actor.</summary>
    internal void InvokeSystem(SystemMessage message)
    {
        if (Mailbox.IsClosed)
        {
            DeadSystem(message);
            return;
        }
        try
        {
            Dispatch(message);
        }
        catch (Exception cause)
        {
            Fault(cause);
        }
    }

    /// <summary>What the dead still answer: whoever watches them is told at once.</summary>
    internal static void DeadSystem(SystemMessage message)
    {
        if (message is WatchMessage watch)
        {
            watch.Watcher.SendSystem(new DeathWatchNotification(watch.Watchee));
        }
    }

    private void Dispatch(SystemMessage message)
    {
        switch (message)
        {
            case AsyncContinuation continuation:
                ContinueAsync(continuation);
                break;
            case AsyncCompleted completed:
                CompleteAsync(completed);
                break;
            case WatchMessage watch:
                AddWatcher(watch.Watcher);
                break;
            case UnwatchMessage unwatch:
                _extras?.WatchedBy?.Remove(unwatch.Watcher);
                break;
            case DeathWatchNotification death:
                WatchedStopped(death.Actor);
                break;
            case FailedMessage failed:
                ChildFailed(failed);
                break;
            case SuspendMessage:
                Suspend();
                SuspendChildren(except: null);
                break;
            case ResumeMessage resume:
                ResumeAfter(resume.CausedBy);
                break;
            case RecreateMessage recreate:
                Recreate(recreate.Cause);
                break;
            case TerminateMessage:
                Terminate();
                break;
        }
    }
}
