using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Tests.Hostile;

/// <summary>Raw bytes on the simulated network.</summary>
internal sealed class MemoryWire : IRawWire, IConnectionSink
{
    private readonly IConnection _connection;
    private TaskCompletionSource<OperationResult> _received = new();
    private TaskCompletionSource<OperationResult> _sent = new();

    public MemoryWire(IConnection connection)
    {
        _connection = connection;
        connection.Start(this);
    }

    public PeerAddress LocalAddress => _connection.LocalAddress;

    public async Task SendAsync(byte[] bytes)
    {
        _sent = new TaskCompletionSource<OperationResult>();
        if (_connection.Send([bytes]).IsPending)
        {
            await _sent.Task;
        }
    }

    public async Task<int> ReceiveAsync(byte[] buffer)
    {
        _received = new TaskCompletionSource<OperationResult>();
        OperationResult result = _connection.Receive(buffer);
        result = result.IsPending ? await _received.Task : result;
        return result.IsFailed ? 0 : result.Bytes;
    }

    public void Reset() => _connection.Abort();

    public void Dispose() => _connection.Dispose();

    void IConnectionSink.OnReceived(OperationResult result) => _received.TrySetResult(result);

    void IConnectionSink.OnSent(OperationResult result) => _sent.TrySetResult(result);

    void IConnectionSink.OnPosted()
    {
    }
}
