using System.Runtime.InteropServices;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// A stream over an <see cref="IConnection"/>, for one reader and one writer that do not block. A read into an empty
/// buffer waits until bytes can be read. Reading and writing allocate nothing.
/// </summary>
/// <remarks>
/// SslStream reads and writes one record of at most 16 KiB at a time. This stream makes fewer and larger operations of
/// them: records that are written while <see cref="IsHolding"/> are sent together, and once the peer sends more than a
/// record at a time, bytes are received ahead.
/// </remarks>
/// <param name="connection">The connection; no other code may receive from it or send on it.</param>
/// <param name="onPosted">Called for <see cref="IConnectionSink.OnPosted"/>.</param>
internal sealed class ConnectionStream(IConnection connection, Action onPosted) : Stream, IConnectionSink
{
    // Longer than a read of SslStream, so that bytes are received ahead, and longer than four records of 16 KiB.
    private const int BufferBytes = SharedBuffer.MaxPooledLength;

    private readonly PendingOperation _read = new();
    private readonly PendingOperation _write = new();
    private readonly List<ArraySegment<byte>> _segments = new(1);
    private RecordBounds _bounds;
    private Memory<byte> _reading;
    private SharedBuffer? _ahead;
    private int _aheadStart;
    private int _aheadEnd;
    private long _given;
    private bool _isBusy;
    private SharedBuffer? _held;
    private int _heldBytes;

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

    /// <summary>
    /// Whether what is written is kept, as long as there is room, and sent together with the next write after this is
    /// false. Only the writer may set it.
    /// </summary>
    public bool IsHolding { get; set; }

    /// <summary>Bytes that are received and were not read yet. Any thread may ask.</summary>
    public int BytesAhead => Math.Max(0, Volatile.Read(ref _aheadEnd) - Volatile.Read(ref _aheadStart));

    /// <summary>
    /// Whether bytes that were received and not read yet complete a record. The next read of SslStream then needs no
    /// others, unless the record is not application data.
    /// </summary>
    public bool HasRecord => _bounds.LastEnd > _given;

    /// <summary>Whether as many bytes can be held as well.</summary>
    public bool CanHold(int bytes) => _heldBytes + bytes <= BufferBytes;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ahead is not null)
        {
            return ValueTask.FromResult(MoveAhead(buffer));
        }

        // A buffer is rented only for a peer that has sent a full buffer at once before.
        _ahead = _isBusy && !buffer.IsEmpty ? SharedBuffer.Rent(BufferBytes) : null;
        _reading = buffer;
        _read.Begin();
        OperationResult result = connection.Receive(_ahead is { } ahead ? ahead.Array : buffer);
        if (!result.IsPending)
        {
            OnReceived(result);
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

        if (IsHolding && CanHold(segment.Count))
        {
            _held ??= SharedBuffer.Rent(BufferBytes);
            segment.AsSpan().CopyTo(_held.Array.AsSpan(_heldBytes));
            _heldBytes += segment.Count;
            return ValueTask.CompletedTask;
        }

        _segments.Clear();
        if (_held is not null)
        {
            _segments.Add(new ArraySegment<byte>(_held.Array, 0, _heldBytes));
        }

        _segments.Add(segment);
        _write.Begin();
        OperationResult result = connection.Send(_segments);
        if (!result.IsPending)
        {
            OnSent(result);
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

    public void OnReceived(OperationResult result)
    {
        if (result.IsFailed || result.Bytes == 0)
        {
            DropAhead();
            _reading = default;
            Complete(_read, result);
            return;
        }

        Memory<byte> reading = _reading;
        _reading = default;
        _isBusy = result.Bytes >= reading.Length && reading.Length >= TlsRecords.RecordBytes;
        if (_ahead is { } ahead)
        {
            _bounds.Add(ahead.Array.AsSpan(0, result.Bytes));
            Volatile.Write(ref _aheadEnd, result.Bytes);
            _read.Complete(MoveAhead(reading));
        }
        else
        {
            _bounds.Add(reading.Span[..result.Bytes]);
            _given += result.Bytes;
            _read.Complete(result.Bytes);
        }
    }

    public void OnSent(OperationResult result)
    {
        DropHeld();
        Complete(_write, result);
    }

    /// <summary>Releases bytes that are held. Only the writer may call it, while no write is in progress.</summary>
    public void DropHeld()
    {
        _held?.Release();
        _held = null;
        _heldBytes = 0;
    }

    /// <summary>
    /// Releases bytes that nobody will read. Only the reader may call it, while no read is in progress.
    /// </summary>
    public void DropAhead()
    {
        _ahead?.Release();
        _ahead = null;
        _aheadStart = 0;
        Volatile.Write(ref _aheadEnd, 0);
    }

    public void OnPosted() => onPosted();

    private int MoveAhead(Memory<byte> buffer)
    {
        int count = Math.Min(_aheadEnd - _aheadStart, buffer.Length);
        _ahead!.Array.AsSpan(_aheadStart, count).CopyTo(buffer.Span);
        _given += count;
        Volatile.Write(ref _aheadStart, _aheadStart + count);
        if (_aheadStart == _aheadEnd)
        {
            DropAhead();
        }

        return count;
    }

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
