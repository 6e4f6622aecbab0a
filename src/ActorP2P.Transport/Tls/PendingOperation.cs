using System.Threading.Tasks.Sources;

namespace ActorP2P.Transport;

/// <summary>The end of a read or a write that is under way, used again for each: there is one at a time.</summary>
internal sealed class PendingOperation : IValueTaskSource<int>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<int> _core;

    /// <summary>A new operation begins.</summary>
    public void Begin() => _core.Reset();

    /// <summary>The operation that has begun, with its count of bytes.</summary>
    public ValueTask<int> WithCount() => new(this, _core.Version);

    /// <summary>The operation that has begun, without its count.</summary>
    public ValueTask WithoutCount() => new(this, _core.Version);

    public void Complete(int bytes) => _core.SetResult(bytes);

    public void Fail(Exception error) => _core.SetException(error);

    int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
