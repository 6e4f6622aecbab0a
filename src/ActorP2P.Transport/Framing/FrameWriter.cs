using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// Sends the owner's flushed frames, one vectored send at a time. Frames that are flushed during a send are sent after
/// it.
/// </summary>
/// <remarks>
/// Appending takes no lock, because frames that are not flushed belong to the owner. The queue is shared
/// with the thread that handles the end of a send, under the lock.
/// </remarks>
internal sealed class FrameWriter
{
    // The object is its own lock, because a Lock would take 40 bytes of every connection.

    // After this many sends, about a megabyte, the thread returns to the pool, so that one busy stream does not occupy
    // it.
    private const int SendsInARow = 16;

    // A connection needs both only while it has something to send, and most connections are quiet most of the time.
    private static readonly SparePool<WriteBuffer> s_buffers = new(64);
    private static readonly SparePool<SendQueue> s_queues = new(256);

    private readonly FrameConnection _parent;
    private readonly IConnection _connection;
    private readonly ConnectionLife _life;
    private readonly FrameConnectionSettings _settings;
    private WriteBuffer? _open;
    private SendQueue? _queue;
    private bool _mayHaveParked;
    private bool _isSending;
    private volatile SendStage _stage;
    private volatile bool _isRoomWanted;
    private long _appended;
    private long _sent;
    private long _frames;

    internal FrameWriter(
        FrameConnection parent, IConnection connection, ConnectionLife life, FrameConnectionSettings settings)
    {
        _parent = parent;
        _connection = connection;
        _life = life;
        _settings = settings;
    }

    internal long Bytes => Volatile.Read(ref _sent);

    internal long Frames => Volatile.Read(ref _frames);

    internal int BufferedBytes =>
        _stage == SendStage.Dead ? 0 : (int)(Volatile.Read(ref _appended) - Volatile.Read(ref _sent));

    private bool QueueIsEmpty => _queue is null || _queue.IsEmpty;

    private bool HasRoom => BufferedBytes < _settings.WriteBufferBytes;

    /// <summary>Whether there is room; if not, the owner is notified when there is.</summary>
    internal bool AskRoom()
    {
        if (HasRoom)
        {
            if (_isRoomWanted)
            {
                _isRoomWanted = false;
            }

            return true;
        }

        // The request is recorded before the second check. A send that ends in between either sees the request, or its
        // room is seen here.
        _isRoomWanted = true;
        Interlocked.MemoryBarrier();
        return HasRoom;
    }

    /// <summary>Copies a frame behind the earlier ones.</summary>
    internal void Append(in FrameHeader header, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> payload)
    {
        if (TryBegin(header, (long)prefix.Length + payload.Length, out WriteBuffer? open))
        {
            open.Write(header);
            open.Write(prefix);
            open.Write(payload);
        }
    }

    /// <summary>Appends a frame behind the earlier ones, with a long payload by reference.</summary>
    internal void Append(
        in FrameHeader header, ReadOnlySpan<byte> prefix, ReadOnlyMemory<byte> payload, SharedBuffer owner)
    {
        if (payload.Length < _settings.ReferenceThresholdBytes)
        {
            Append(header, prefix, payload.Span);
            return;
        }

        ArraySegment<byte> bytes = WriteBuffer.Locate(payload, owner);
        if (TryBegin(header, (long)prefix.Length + payload.Length, out WriteBuffer? open))
        {
            open.Write(header);
            open.Write(prefix);
            open.Reference(bytes, owner);
        }
    }

    /// <summary>
    /// Passes the open frames to the queue, and starts to send unless a send is in progress. It never calls the owner.
    /// </summary>
    /// <param name="shutdown">Whether to end the stream after these frames.</param>
    internal void Flush(bool shutdown)
    {
        bool start = false;
        bool end = false;
        lock (this)
        {
            if (shutdown && _stage == SendStage.Open)
            {
                _stage = SendStage.ShutdownAsked;
            }

            Publish();
            if (_stage != SendStage.Dead && !_isSending)
            {
                start = !QueueIsEmpty && _life.TryEnter(Activities.Sending);
                end = QueueIsEmpty && TryEndStream();
                _isSending = start;
                if (!QueueIsEmpty && !start)
                {
                    _stage = SendStage.Dead;
                }
            }

            if (_stage == SendStage.Dead)
            {
                _queue?.Drop();
            }
        }

        if (end)
        {
            _connection.ShutdownSend();
        }

        if (start)
        {
            Send();
            if (_isRoomWanted && HasRoom)
            {
                _parent.Post(PostedWork.TellRoom);
            }
        }
    }

    /// <summary>The pending send has ended.</summary>
    internal void OnSent(OperationResult result)
    {
        if (CompleteSend(result))
        {
            Continue();
        }
    }

    /// <summary>
    /// Continues to send, and tells the owner that there is room. It must not be called within a call of the owner.
    /// </summary>
    internal void Continue() => TellRoom(evenIfUnwanted: Send());

    /// <summary>
    /// Notifies the owner of room if it waits for it. It must not be called within a call of the owner.
    /// </summary>
    internal void TellRoom(bool evenIfUnwanted = false)
    {
        if (evenIfUnwanted || (_isRoomWanted && HasRoom))
        {
            _isRoomWanted = false;
            _parent.TellRoom();
        }
    }

    /// <summary>
    /// Stops sending and releases flushed frames. Frames that are being sent are released when their send ends.
    /// </summary>
    internal void Stop()
    {
        lock (this)
        {
            _stage = SendStage.Dead;
            _queue?.Drop();
        }
    }

    /// <summary>Releases frames that are appended and not flushed. Only the owner's calls may use it.</summary>
    internal void DropOpen() => _open?.Clear();

    /// <summary>
    /// Checks a frame before it is accepted; returns false if the connection has ended, so that nobody would receive
    /// it.
    /// </summary>
    private bool TryBegin(in FrameHeader header, long length, [NotNullWhen(true)] out WriteBuffer? open)
    {
        open = null;
        if (header.Length != length || length > _settings.MaxPayloadBytes)
        {
            throw new ArgumentException(
                $"The header states {header.Length} bytes and the payload has {length}; allowed: at most "
                + $"{_settings.MaxPayloadBytes}.",
                nameof(header));
        }

        SendStage stage = _stage;
        if (stage == SendStage.Dead)
        {
            return false;
        }

        if (stage != SendStage.Open || !HasRoom)
        {
            throw new InvalidOperationException(
                stage != SendStage.Open
                    ? "The connection is shut down for sending." : "The write buffer is full: ask HasRoom first.");
        }

        open = _open ??= s_buffers.Rent();
        if (_mayHaveParked)
        {
            lock (this)
            {
                _queue?.Resume(open);
            }

            _mayHaveParked = false;
        }

        Volatile.Write(ref _appended, _appended + FrameHeader.Size + length);
        Volatile.Write(ref _frames, _frames + 1);
        return true;
    }

    /// <summary>Sends until a send is pending; returns true when everything is sent.</summary>
    private bool Send()
    {
        for (int sends = 0; sends < SendsInARow; sends++)
        {
            IList<ArraySegment<byte>>? vector = Next(out bool end);
            if (end)
            {
                _connection.ShutdownSend();
                continue;
            }

            if (vector is null)
            {
                return true;
            }

            OperationResult result = _connection.Send(vector);
            if (result.IsPending || !CompleteSend(result))
            {
                return false;
            }
        }

        _parent.Post(PostedWork.Send);
        return false;
    }

    /// <summary>
    /// The next segments to send. It returns null when there are none: sending then stops, or the stream is to be
    /// ended.
    /// </summary>
    private IList<ArraySegment<byte>>? Next(out bool end)
    {
        bool closed;
        lock (this)
        {
            end = QueueIsEmpty && TryEndStream();
            if (!QueueIsEmpty)
            {
                return _queue!.BeginSend();
            }

            if (end)
            {
                return null;
            }

            // Both steps are taken under one lock. Otherwise a flush in between would begin a send that this step then
            // marks as ended.
            _isSending = false;
            closed = _life.Leave(Activities.Sending);
            ReturnQueue();
        }

        _parent.EndIf(closed);
        return null;
    }

    /// <summary>Handles the end of a send; returns false when it was the last one.</summary>
    private bool CompleteSend(OperationResult result)
    {
        _queue!.EndSend();
        if (!result.IsFailed)
        {
            Volatile.Write(ref _sent, _sent + result.Bytes);
            Interlocked.MemoryBarrier();
            return true;
        }

        Stop();
        _parent.OnSendFailed(result.Error);
        return false;
    }

    /// <summary>Passes the open frames to the queue. Call it under the lock.</summary>
    private void Publish()
    {
        if (_open is { } open)
        {
            (_queue ??= s_queues.Rent()).Publish(open);
            _mayHaveParked = true;
            _open = null;
            s_buffers.Return(open);
        }
    }

    /// <summary>Returns the empty queue when nothing is left to send. Call it under the lock.</summary>
    private void ReturnQueue()
    {
        if (_queue is { } queue)
        {
            queue.ReleaseParked();
            _queue = null;
            s_queues.Return(queue);
        }
    }

    /// <summary>Whether the stream is to be ended now. Call it under the lock.</summary>
    private bool TryEndStream()
    {
        bool isDue = _stage == SendStage.ShutdownAsked;
        _stage = isDue ? SendStage.EndSent : _stage;
        return isDue;
    }
}
