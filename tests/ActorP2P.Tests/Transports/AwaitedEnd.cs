using ActorP2P.Transport;

namespace ActorP2P.Tests.Transports;

/// <summary>One end of a connection, with tasks in place of a sink.</summary>
internal sealed class AwaitedEnd : IConnectionSink
{
    private readonly IConnection _connection;
    private TaskCompletionSource<OperationResult> _received = New();
    private TaskCompletionSource<OperationResult> _sent = New();

    public AwaitedEnd(IConnection connection)
    {
        _connection = connection;
        connection.Start(this);
    }

    public Task<OperationResult> SendAsync(params ArraySegment<byte>[] segments)
    {
        _sent = New();
        OperationResult result = _connection.Send(segments);
        return result.IsPending ? _sent.Task : Task.FromResult(result);
    }

    public Task<OperationResult> ReceiveAsync(Memory<byte> buffer)
    {
        _received = New();
        OperationResult result = _connection.Receive(buffer);
        return result.IsPending ? _received.Task : Task.FromResult(result);
    }

    /// <summary>Receives until the stream ends; returns the bytes and how it ended.</summary>
    public async Task<(byte[] Bytes, TransportFault Fault)> ReadToEndAsync()
    {
        List<byte> bytes = [];
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            OperationResult result = await ReceiveAsync(buffer);
            if (result.IsFailed)
            {
                return ([.. bytes], result.Error.Fault);
            }

            bytes.AddRange(buffer.AsSpan(0, result.Bytes));
        }
    }

    void IConnectionSink.OnReceived(OperationResult result) =>
        Assert.True(_received.TrySetResult(result), "Received twice.");

    void IConnectionSink.OnSent(OperationResult result) => Assert.True(_sent.TrySetResult(result), "Sent twice.");

    void IConnectionSink.OnPosted()
    {
        // No test posts anything here.
    }

    private static TaskCompletionSource<OperationResult> New() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
