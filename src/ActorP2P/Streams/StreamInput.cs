using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The bytes of a peer's stream on their way to the application. The connection's actor appends what arrives, and any
/// thread reads. Bytes that a reader waits for are copied to it at once; others wait in pieces.
/// </summary>
internal sealed class StreamInput(PeerStream stream)
{
    // A longer payload keeps its receive buffer, of which it is at least half. Shorter ones are copied together.
    private const int LeastPiece = SessionSettings.MaxFragment / 2;
    private const int ChunkBytes = 16 * 1024;

    private static readonly Action<object?, CancellationToken> s_cancel =
        static (input, token) => ((StreamInput)input!).Cancel(token);

    private readonly Lock _lock = new();
    private readonly Queue<StreamPiece> _pieces = new();
    private readonly StreamWaiter _reader = new(stream.IsSimulated);
    private Memory<byte> _destination;
    private SharedBuffer? _chunk;
    private int _chunkEnd;
    private int _taken;
    private long _unread;
    private long _read;
    private long _dropped;
    private long _reported;
    private Exception? _failure;
    private bool _isEnded;
    private bool _isDiscarding;

    /// <summary>Bytes that the application has read.</summary>
    public long BytesRead => Volatile.Read(ref _read);

    /// <summary>
    /// Bytes that the application has read since the session was last told. An outdated value is harmless.
    /// </summary>
    public long Unreported => Volatile.Read(ref _read) - Volatile.Read(ref _reported);

    /// <summary>Whether the application reads no more, so that what arrives is dropped.</summary>
    public bool IsDiscarding => Volatile.Read(ref _isDiscarding);

    /// <summary>Whether it ended before its end.</summary>
    public bool HasFailed => Volatile.Read(ref _failure) is not null;

    /// <summary>Reads into a buffer: at least a byte, or 0 bytes at the end.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        int count;
        lock (_lock)
        {
            if (_reader.IsWaiting)
            {
                throw new InvalidOperationException("Another read of the stream has not ended yet.");
            }

            ObjectDisposedException.ThrowIf(_isDiscarding, stream);
            if (_unread == 0 && _failure is not null && !_isEnded)
            {
                return ValueTask.FromException<int>(_failure);
            }

            if (_unread == 0 && !_isEnded && destination.Length > 0)
            {
                _destination = destination;
                return new ValueTask<int>(_reader, _reader.Begin(this, s_cancel, token));
            }

            count = Take(destination.Span);
        }

        stream.NoteRead();
        return ValueTask.FromResult(count);
    }

    /// <summary>Adds bytes that have arrived. Call it in the turn of the connection.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="slab">The receive buffer that contains them; null when it cannot be kept.</param>
    public void Append(ReadOnlyMemory<byte> data, SharedBuffer? slab)
    {
        lock (_lock)
        {
            if (_isDiscarding || _isEnded)
            {
                _dropped += data.Length;
                return;
            }

            if (_reader.IsWaiting)
            {
                int count = Math.Min(data.Length, _destination.Length);
                data.Span[..count].CopyTo(_destination.Span);
                _read += count;
                data = data[count..];
                _destination = default;
                _reader.Complete(count);
            }

            Keep(data, slab);
        }
    }

    /// <summary>The peer sends no more bytes.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            if (_reader.IsWaiting)
            {
                _reader.Complete(0);
            }
        }
    }

    /// <summary>
    /// The stream has failed. Bytes that wait are kept if the connection ended, and dropped if the peer said so.
    /// </summary>
    public void Fail(Exception failure, bool keepsBytes)
    {
        lock (_lock)
        {
            if (_isEnded)
            {
                return;
            }

            _failure ??= failure;
            if (_reader.IsWaiting)
            {
                _reader.Fail(_failure);
            }

            if (!keepsBytes)
            {
                Drop();
            }
        }
    }

    /// <summary>The application reads no more.</summary>
    public void Discard()
    {
        lock (_lock)
        {
            _isDiscarding = true;
            if (_reader.IsWaiting)
            {
                _reader.Fail(new ObjectDisposedException(nameof(PeerStream)));
            }

            Drop();
        }
    }

    /// <summary>
    /// Takes the count of bytes that were read or dropped since the last call. Call it in the turn of the connection.
    /// </summary>
    public long TakeRead()
    {
        lock (_lock)
        {
            long read = _read - _reported + _dropped;
            Volatile.Write(ref _reported, _read);
            _dropped = 0;
            return read;
        }
    }

    private void Cancel(CancellationToken token)
    {
        lock (_lock)
        {
            if (_reader.TryCancel(token))
            {
                _destination = default;
            }
        }
    }

    private void Keep(ReadOnlyMemory<byte> data, SharedBuffer? slab)
    {
        if (data.IsEmpty)
        {
            return;
        }

        _unread += data.Length;
        if (slab is not null && data.Length >= LeastPiece)
        {
            DropChunk();
            _pieces.Enqueue(new StreamPiece(data, slab.Retain()));
            return;
        }

        if (_chunk is null || _chunk.Capacity - _chunkEnd < data.Length)
        {
            DropChunk();
            _chunk = SharedBuffer.Rent(Math.Max(ChunkBytes, data.Length));
        }

        Memory<byte> copy = _chunk.Array.AsMemory(_chunkEnd, data.Length);
        data.CopyTo(copy);
        _chunkEnd += data.Length;
        _pieces.Enqueue(new StreamPiece(copy, _chunk.Retain()));
    }

    private int Take(Span<byte> destination)
    {
        int count = 0;
        while (count < destination.Length && _pieces.TryPeek(out StreamPiece piece))
        {
            ReadOnlySpan<byte> bytes = piece.Bytes.Span[_taken..];
            int size = Math.Min(bytes.Length, destination.Length - count);
            bytes[..size].CopyTo(destination[count..]);
            count += size;
            _taken += size;
            if (_taken == piece.Bytes.Length)
            {
                _pieces.Dequeue();
                piece.Owner?.Release();
                _taken = 0;
            }
        }

        _unread -= count;
        Volatile.Write(ref _read, _read + count);
        if (_unread == 0)
        {
            DropChunk();
        }

        return count;
    }

    private void Drop()
    {
        while (_pieces.TryDequeue(out StreamPiece piece))
        {
            piece.Owner?.Release();
        }

        DropChunk();
        _dropped += _unread;
        _unread = 0;
        _taken = 0;
    }

    private void DropChunk()
    {
        _chunk?.Release();
        _chunk = null;
        _chunkEnd = 0;
    }
}
