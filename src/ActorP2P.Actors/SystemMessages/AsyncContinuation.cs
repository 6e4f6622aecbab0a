namespace ActorP2P.Actors;

/// <summary>The rest of an asynchronous handler, brought back into its actor's turn.</summary>
internal sealed class AsyncContinuation(AsyncTurn turn, SendOrPostCallback callback, object? state) : SystemMessage
{
    public AsyncTurn Turn { get; } = turn;

    public void Run() => callback(state);
}
