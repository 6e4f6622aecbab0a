using ActorP2P.Transport;

namespace ActorP2P.Simulation.Tests;

/// <summary>One end of a connection, with tasks in place of a sink.</summary>
internal sealed class RawEnd : IConnectionSink
{
    private readonly IConnection _connection;
    private TaskCompletionSource<OperationResult> _received = new();
    private TaskCompletionSource<OperationResult> _sent = new();

    public RawEnd(IConnection connection)
    {
        _connection = connection;
        connection.Start(this);
    }

    public Task<OperationResult> SendAsync(byte[] bytes)
    {
        _sent = new TaskCompletionSource<OperationResult>();
        OperationResult result = _connection.Send([bytes]);
        return result.IsPending ? _sent.Task : Task.FromResult(result);
    }

    public Task<OperationResult> ReceiveAsync(Memory<byte> buffer)
    {
        _received = new TaskCompletionSource<OperationResult>();
        OperationResult result = _connection.Receive(buffer);
        return result.IsPending ? _received.Task : Task.FromResult(result);
    }

    /// <summary>
    /// Receives until this number of bytes has arrived or the stream has ended; the result includes how it ended.
    /// </summary>
    public async Task<(byte[] Bytes, TransportFault Fault)> ReadAsync(int count)
    {
        List<byte> bytes = [];
        byte[] buffer = new byte[64 * 1024];
        while (bytes.Count < count)
        {
            OperationResult result = await ReceiveAsync(
                buffer.AsMemory(0, Math.Min(buffer.Length, count - bytes.Count)));
            if (result.IsFailed)
            {
                return ([.. bytes], result.Error.Fault);
            }

            bytes.AddRange(buffer.AsSpan(0, result.Bytes));
        }

        return ([.. bytes], TransportFault.None);
    }

    void IConnectionSink.OnReceived(OperationResult result) => _received.TrySetResult(result);

    void IConnectionSink.OnSent(OperationResult result) => _sent.TrySetResult(result);

    void IConnectionSink.OnPosted()
    {
        // No test posts anything here.
    }
}
