using ActorP2P.Transport;

namespace ActorP2P.TestKit;

/// <summary>
/// A connection with tasks instead of a sink: one receive and one send at a time. It receives only when asked to.
/// </summary>
internal sealed class FakeWire : IConnectionSink, IDisposable
{
    private readonly IConnection _connection;
    private TaskCompletionSource<OperationResult>? _receiving;
    private TaskCompletionSource<OperationResult>? _sending;

    public FakeWire(IConnection connection)
    {
        _connection = connection;
        connection.Start(this);
    }

    public IConnection Connection => _connection;

    public Task<OperationResult> ReceiveAsync(Memory<byte> buffer)
    {
        TaskCompletionSource<OperationResult> promise = new();
        _receiving = promise;
        OperationResult result = _connection.Receive(buffer);
        return result.IsPending ? promise.Task : Task.FromResult(result);
    }

    public Task<OperationResult> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        TaskCompletionSource<OperationResult> promise = new();
        _sending = promise;
        OperationResult result = _connection.Send([new ArraySegment<byte>(bytes.ToArray())]);
        return result.IsPending ? promise.Task : Task.FromResult(result);
    }

    public void Dispose() => _connection.Dispose();

    void IConnectionSink.OnReceived(OperationResult result) => _receiving!.TrySetResult(result);

    void IConnectionSink.OnSent(OperationResult result) => _sending!.TrySetResult(result);

    void IConnectionSink.OnPosted()
    {
        // Nothing is posted here.
    }
}
