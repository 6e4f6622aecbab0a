using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The bytes of the application on their way to a peer's stream. Any thread writes, up to a bound ahead of what is
/// sent; the connection's actor takes what was written. A writer beyond the bound waits.
/// </summary>
internal sealed class StreamOutput(PeerStream stream)
{
    private static readonly Action<object?, CancellationToken> s_cancel =
        static (output, token) => ((StreamOutput)output!).Cancel(token);

    private readonly Lock _lock = new();
    private readonly StreamWaiter _writer = new(stream.IsSimulated);
    private readonly Queue<StreamPiece> _pieces = new();
    private ReadOnlyMemory<byte> _waiting;
    private SharedBuffer? _chunk;
    private int _chunkStart;
    private int _chunkEnd;
    private long _written;
    private long _sent;
    private Exception? _failure;
    private bool _isCompleted;
    private TaskCompletionSource? _completion;

    /// <summary>Bytes that the application has written.</summary>
    public long BytesWritten => Volatile.Read(ref _written);

    /// <summary>Whether the application writes no more.</summary>
    public bool IsCompleted => Volatile.Read(ref _isCompleted);

    /// <summary>Whether it ended before its end.</summary>
    public bool HasFailed => Volatile.Read(ref _failure) is not null;

    /// <summary>Writes bytes. The task completes when they are in the stream's buffer.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        ValueTask written = ValueTask.CompletedTask;
        lock (_lock)
        {
            if (_writer.IsWaiting)
            {
                throw new InvalidOperationException("Another write of the stream has not ended yet.");
            }

            if (_failure is not null)
            {
                return ValueTask.FromException(_failure);
            }

            if (_isCompleted)
            {
                throw new InvalidOperationException("The writing of the stream was completed.");
            }

            bytes = bytes[Copy(bytes)..];
            if (!bytes.IsEmpty)
            {
                _waiting = bytes;
                written = new ValueTask(_writer, _writer.Begin(this, s_cancel, token));
            }
        }

        stream.Touch();
        return written;
    }

    /// <summary>No more bytes are written, unless a write is still in progress.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isCompleted |= _failure is null && !_writer.IsWaiting;
        }

        stream.Touch();
    }

    /// <summary>No more bytes are written. The task completes when all of them are sent.</summary>
    public Task CompleteAsync()
    {
        Task completion;
        lock (_lock)
        {
            if (_writer.IsWaiting)
            {
                throw new InvalidOperationException("A write of the stream has not ended yet.");
            }

            if (_failure is not null && !_isCompleted)
            {
                return Task.FromException(_failure);
            }

            _isCompleted = true;
            _completion ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            completion = _completion.Task;
        }

        stream.Touch();
        return completion;
    }

    /// <summary>Takes written bytes. Call it in the turn of the connection.</summary>
    public bool TryTake(out StreamPiece piece)
    {
        lock (_lock)
        {
            TakeChunk();
            return _pieces.TryDequeue(out piece);
        }
    }

    /// <summary>Bytes were sent, so there is room for more. Call it in the turn of the connection.</summary>
    /// <param name="sent">All bytes that were sent.</param>
    /// <param name="isEndSent">Whether the end was sent after them.</param>
    /// <returns>Whether there are bytes to take.</returns>
    public bool OnSent(long sent, bool isEndSent)
    {
        TaskCompletionSource? completion;
        bool isFilled = false;
        lock (_lock)
        {
            _sent = sent;
            completion = isEndSent ? _completion : null;
            if (_writer.IsWaiting)
            {
                int copied = Copy(_waiting);
                _waiting = _waiting[copied..];
                isFilled = copied > 0;
                if (_waiting.IsEmpty)
                {
                    _writer.Complete(0);
                }
            }
        }

        completion?.TrySetResult();
        return isFilled;
    }

    /// <summary>The stream takes no more bytes.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="keepsBytes">Whether bytes that were written are still sent.</param>
    public void Fail(Exception failure, bool keepsBytes)
    {
        TaskCompletionSource? completion = null;
        lock (_lock)
        {
            if (!keepsBytes || !_isCompleted)
            {
                _failure ??= failure;
                completion = _completion;
            }

            if (_writer.IsWaiting)
            {
                _waiting = default;
                _writer.Fail(failure);
            }

            if (!keepsBytes)
            {
                Drop();
            }
        }

        if (completion is not null && completion.TrySetException(failure))
        {
            // Nobody need await the completion: the failure is seen by the next read or write too.
            _ = completion.Task.Exception;
        }
    }

    private void Cancel(CancellationToken token)
    {
        lock (_lock)
        {
            if (_writer.TryCancel(token))
            {
                _waiting = default;

                // A part of the bytes may be on its way, so nothing may follow.
                _failure ??= new PeerStreamException(StreamFailure.Aborted, "a write was cancelled");
            }
        }
    }

    /// <summary>Copies as many bytes as there is room for.</summary>
    private int Copy(ReadOnlyMemory<byte> bytes)
    {
        int count = (int)Math.Min(bytes.Length, SessionSettings.StreamBuffer - (_written - _sent));
        for (int copied = 0; copied < count;)
        {
            if (_chunk is null)
            {
                _chunk = SharedBuffer.Rent(Math.Min(SessionSettings.MaxFragment, Math.Max(4096, count - copied)));
                _chunkStart = _chunkEnd = 0;
            }

            int room = Math.Min(_chunk.Capacity, SessionSettings.MaxFragment) - _chunkEnd;
            int size = Math.Min(count - copied, room);
            bytes.Span.Slice(copied, size).CopyTo(_chunk.Array.AsSpan(_chunkEnd));
            copied += size;
            _chunkEnd += size;
            if (size == room)
            {
                TakeChunk();
                DropChunk();
            }
        }

        Volatile.Write(ref _written, _written + count);
        return count;
    }

    /// <summary>Makes a piece of what was written to the chunk since the last one.</summary>
    private void TakeChunk()
    {
        if (_chunk is not null && _chunkEnd > _chunkStart)
        {
            _pieces.Enqueue(new StreamPiece(
                _chunk.Array.AsMemory(_chunkStart, _chunkEnd - _chunkStart), _chunk.Retain()));
            _chunkStart = _chunkEnd;
        }
    }

    private void Drop()
    {
        while (_pieces.TryDequeue(out StreamPiece piece))
        {
            piece.Owner?.Release();
        }

        DropChunk();
    }

    private void DropChunk()
    {
        _chunk?.Release();
        _chunk = null;
    }
}
