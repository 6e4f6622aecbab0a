using System.Runtime.InteropServices;

namespace ActorP2P.Transport;

/// <summary>
/// A stream over an <see cref="IConnection"/>, for one reader and one writer that do not block. A read into an empty
/// buffer waits until bytes can be read. Reading and writing allocate nothing.
/// </summary>
/// <param name="connection">The connection; no other code may receive from it or send on it.</param>
/// <param name="onPosted">Called for <see cref="IConnectionSink.OnPosted"/>.</param>
internal sealed class ConnectionStream(IConnection connection, Action onPosted) : Stream, IConnectionSink
{
    private readonly PendingOperation _read = new();
    private readonly PendingOperation _write = new();
    private readonly ArraySegment<byte>[] _segments = new ArraySegment<byte>[1];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// How the connection has ended or failed; its fault is <see cref="TransportFault.None"/> before that.
    /// </summary>
    public TransportError Error { get; private set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _read.Begin();
        OperationResult result = connection.Receive(buffer);
        if (!result.IsPending)
        {
            Complete(_read, result);
        }

        return _read.WithCount();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> segment))
        {
            throw new ArgumentException("The buffer is not an array.", nameof(buffer));
        }

        if (segment.Count == 0)
        {
            return ValueTask.CompletedTask;
        }

        _segments[0] = segment;
        _write.Begin();
        OperationResult result = connection.Send(_segments);
        if (!result.IsPending)
        {
            Complete(_write, result);
        }

        return _write.WithoutCount();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The stream is asynchronous.");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The stream is asynchronous.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public void OnReceived(OperationResult result) => Complete(_read, result);

    public void OnSent(OperationResult result) => Complete(_write, result);

    public void OnPosted() => onPosted();

    private void Complete(PendingOperation operation, OperationResult result)
    {
        if (!result.IsFailed)
        {
            operation.Complete(result.Bytes);
            return;
        }

        // After the end of the peer's stream, this side may still send, and a send may fail.
        Error = Error.Fault is TransportFault.None or TransportFault.EndOfStream ? result.Error : Error;
        if (result.Error.Fault == TransportFault.EndOfStream)
        {
            operation.Complete(0);
        }
        else
        {
            operation.Fail(new IOException(result.Error.ToString()));
        }
    }
}
