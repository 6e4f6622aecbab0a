using System.Threading.Tasks.Sources;

namespace ActorP2P.Transport;

/// <summary>The completion of a read or a write. It is reused, because only one is in progress at a time.</summary>
internal sealed class PendingOperation : IValueTaskSource<int>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<int> _core;

    /// <summary>Begins a new operation.</summary>
    public void Begin() => _core.Reset();

    /// <summary>The current operation, with its number of bytes.</summary>
    public ValueTask<int> WithCount() => new(this, _core.Version);

    /// <summary>The current operation, without its number of bytes.</summary>
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
