namespace ActorP2P.Actors;

internal sealed class AsyncCompleted(AsyncTurn turn, Task task) : SystemMessage
{
    public AsyncTurn Turn { get; } = turn;

    public Task Task { get; } = task;
}
