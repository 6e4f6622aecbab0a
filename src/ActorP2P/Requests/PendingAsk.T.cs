using ActorP2P.Protocol;

namespace ActorP2P;

/// <inheritdoc/>
/// <param name="peer">The peer that is asked.</param>
/// <param name="replyType">
/// The message type of the answer; null for any type that the node knows. <typeparamref name="TReply"/> is
/// <see cref="object"/> if the answer's type is known only by its code, or not at all.
/// </param>
internal sealed class PendingAsk<TReply>(Peer peer, ushort? replyType) : PendingAsk(peer)
    where TReply : class
{
    // Continuations belong to the application and must not run inside the tracker's turn.
    private readonly TaskCompletionSource<TReply> _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TReply> Task => _promise.Task;

    public override bool IsOver => _promise.Task.IsCompleted;

    public override void Answer(ushort type, object? message)
    {
        if (message is TReply reply && (typeof(TReply) != typeof(object) || replyType is null || type == replyType))
        {
            NoteEnd(failure: null);
            _promise.TrySetResult(reply);
        }
        else if (type == replyType)
        {
            Fail(new AskException(AskFailure.Malformed, $"the answer is no {typeof(TReply).Name}"));
        }
        else
        {
            Fail(
                new AskException(AskFailure.UnexpectedType,
                    $"type {type:x4}, not {typeof(TReply).Name} ({replyType:x4})"));
        }
    }

    public override void Fail(AskException exception)
    {
        NoteEnd(exception.Reason);
        _promise.TrySetException(exception);
    }

    public bool Cancel(CancellationToken cancellationToken)
    {
        NoteEnd(failure: null, isCancelled: true);
        return _promise.TrySetCanceled(cancellationToken);
    }
}
