using ActorP2P.Protocol;

namespace ActorP2P;

/// <inheritdoc/>
internal sealed class PendingAsk<TReply>(Peer peer) : PendingAsk(peer)
    where TReply : class, IMessage<TReply>
{
    // Continuations are the application's, and must not run inside the tracker's turn.
    private readonly TaskCompletionSource<TReply> _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TReply> Task => _promise.Task;

    public override void Answer(ushort type, object? message)
    {
        if (message is TReply reply)
        {
            _promise.TrySetResult(reply);
        }
        else if (type == TReply.TypeCode)
        {
            Fail(new AskException(AskFailure.Malformed, $"the answer is no {typeof(TReply).Name}"));
        }
        else
        {
            Fail(new AskException(AskFailure.UnexpectedType, $"type {type:x4}, not {typeof(TReply).Name} ({TReply.TypeCode:x4})"));
        }
    }

    public override void Fail(AskException exception) => _promise.TrySetException(exception);

    public bool Cancel(CancellationToken cancellationToken) => _promise.TrySetCanceled(cancellationToken);
}
