namespace ActorP2P.Actors;

/// <content>Handlers that await: the next message waits, continuations come back as system messages.</content>
internal sealed partial class ActorCell
{
    private int _pendingAsync;
    private int _incarnation;

    internal void RunAsync(Func<Task> handler) => RunAsync(static action => action(), handler);

    internal void RunAsync<T>(Func<T, Task> handler, T argument)
    {
        var turn = new AsyncTurn(this, _incarnation, _message, _sender);
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(turn);
        Task task;
        try
        {
            task = handler(argument);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            return;
        }
        _pendingAsync++;
        UpdateBlocked();
        task.ContinueWith(
            static (done, state) => ((AsyncTurn)state!).Complete(done),
            turn,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void ContinueAsync(AsyncContinuation continuation)
    {
        AsyncTurn turn = continuation.Turn;
        if (turn.Incarnation != _incarnation)
        {
            // The instance that awaited is gone; its successor must not see the rest of that handler.
            return;
        }
        Worked = true;
        (object? message, IActorRef? sender) = (_message, _sender);
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(turn);
        _message = turn.Message;
        _sender = turn.Sender;
        try
        {
            continuation.Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
            _message = message;
            _sender = sender;
        }
    }

    private void CompleteAsync(AsyncCompleted completed)
    {
        if (completed.Turn.Incarnation != _incarnation || _pendingAsync == 0)
        {
            return;
        }
        _pendingAsync--;
        UpdateBlocked();
        if (completed.Task.IsCompletedSuccessfully)
        {
            return;
        }
        _message = completed.Turn.Message;
        _sender = completed.Turn.Sender;
        completed.Task.GetAwaiter().GetResult();
    }

    private void ForgetAsync()
    {
        _incarnation++;
        _pendingAsync = 0;
        UpdateBlocked();
    }
}
