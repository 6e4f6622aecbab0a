using ActorP2P.Transport;

namespace ActorP2P.TestKit;

/// <summary>A dial as a task.</summary>
internal sealed class FakeDial : IDialSink
{
    private readonly TaskCompletionSource<IConnection> _promise = new();

    public Task<IConnection> Connection => _promise.Task;

    public void OnDialled(IConnection connection) => _promise.TrySetResult(connection);

    public void OnDialFailed(TransportError error) => _promise.TrySetException(new TransportException(error));
}
