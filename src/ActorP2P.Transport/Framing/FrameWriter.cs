using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// Sends what the owner flushes, one vectored send at a time, and goes on by itself with what was flushed meanwhile.
/// </summary>
/// <remarks>
/// Appending takes no lock: what is open belongs to the owner until a flush hands it to the queue. The queue is shared with the
/// thread that handles the end of a send, under the lock.
/// </remarks>
internal sealed class FrameWriter
{
    // Sends in a row before the thread goes back to the pool, so that one busy stream does not keep it: about a megabyte.
    private const int SendsPerRun = 16;

    // Both are there only while something is to be sent: most connections are quiet most of the time.
    private static readonly SparePool<WriteBuffer> s_buffers = new(64);
    private static readonly SparePool<SendQueue> s_queues = new(256);

    private readonly FrameConnection _parent;
    private readonly IConnection _connection;
    private readonly ConnectionLife _life;
    private readonly FrameConnectionSettings _settings;
    private readonly Lock _lock = new();
    private WriteBuffer? _open;
    private SendQueue? _queue;
    private bool _mayHaveParked;
    private bool _sending;
    private bool _shutdown;
    private bool _finSent;
    private volatile bool _dead;
    private volatile bool _roomWanted;
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

    internal int BufferedBytes => _dead ? 0 : (int)(Volatile.Read(ref _appended) - Volatile.Read(ref _sent));

    /// <summary>Buffers held for what is flushed, for tests.</summary>
    internal int Holds
    {
        get
        {
            lock (_lock)
            {
                return _queue?.Holds ?? 0;
            }
        }
    }

    private bool QueueIsEmpty => _queue is null || _queue.IsEmpty;

    private bool HasRoom => BufferedBytes < _settings.WriteBufferBytes;

    /// <summary>Whether there is room; false asks for a word when there is.</summary>
    internal bool AskRoom()
    {
        if (HasRoom)
        {
            if (_roomWanted)
            {
                _roomWanted = false;
            }

            return true;
        }

        // Ask first, look again after: a send that ends in between sees the wish, or we see its room.
        _roomWanted = true;
        Interlocked.MemoryBarrier();
        return HasRoom;
    }

    /// <summary>Copies a frame behind those before it.</summary>
    internal void Append(in FrameHeader header, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> payload)
    {
        if (TryBegin(header, (long)prefix.Length + payload.Length, out WriteBuffer? open))
        {
            open.Write(header);
            open.Write(prefix);
            open.Write(payload);
        }
    }

    /// <summary>Puts a frame behind those before it, a long payload by reference.</summary>
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
    /// Hands what is open to the queue, and starts to send unless a send is under way. Never calls the owner back.
    /// </summary>
    /// <param name="shutdown">Whether the stream is to end behind it.</param>
    internal void Flush(bool shutdown)
    {
        bool start = false;
        bool end = false;
        lock (_lock)
        {
            _shutdown |= shutdown;
            Publish();
            if (!_dead && !_sending)
            {
                start = !QueueIsEmpty && _life.TryEnter(Activities.Sending);
                end = QueueIsEmpty && TakeFin();
                _dead |= !QueueIsEmpty && !start;
                _sending = start;
            }

            if (_dead)
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
            Run();
            if (_roomWanted && HasRoom)
            {
                _parent.Post(Errands.TellRoom);
            }
        }
    }

    /// <summary>The pending send has ended.</summary>
    internal void OnSent(OperationResult result)
    {
        if (Land(result))
        {
            Continue();
        }
    }

    /// <summary>Goes on sending, and tells the owner of the room that came of it. Not from within the owner's calls.</summary>
    internal void Continue() => TellRoom(evenIfUnwanted: Run());

    /// <summary>Tells the owner of room, if it still waits for it. Not from within the owner's calls.</summary>
    internal void TellRoom(bool evenIfUnwanted = false)
    {
        if (evenIfUnwanted || (_roomWanted && HasRoom))
        {
            _roomWanted = false;
            _parent.TellRoom();
        }
    }

    /// <summary>Sends nothing any more and lets go of what is flushed; what is in flight goes when its send ends.</summary>
    internal void Die()
    {
        lock (_lock)
        {
            _dead = true;
            _queue?.Drop();
        }
    }

    /// <summary>Lets go of what is appended and not flushed. From within the owner's calls only.</summary>
    internal void DropOpen() => _open?.Clear();

    /// <summary>Judges a frame before a byte of it is taken; false when the connection is gone and nobody will see it.</summary>
    private bool TryBegin(in FrameHeader header, long length, [NotNullWhen(true)] out WriteBuffer? open)
    {
        open = null;
        if (header.Length != length || length > _settings.MaxPayloadBytes)
        {
            throw new ArgumentException(
                $"The header says {header.Length} bytes, the frame has {length}, and {_settings.MaxPayloadBytes} may be sent.",
                nameof(header));
        }

        if (_dead)
        {
            return false;
        }

        if (_shutdown || !HasRoom)
        {
            throw new InvalidOperationException(
                _shutdown ? "The connection is shut down for sending." : "The write buffer is full: ask HasRoom first.");
        }

        open = _open ??= s_buffers.Rent();
        if (_mayHaveParked)
        {
            lock (_lock)
            {
                _queue?.Resume(open);
            }

            _mayHaveParked = false;
        }

        Volatile.Write(ref _appended, _appended + FrameHeader.Size + length);
        Volatile.Write(ref _frames, _frames + 1);
        return true;
    }

    /// <summary>Sends until a send is pending; true when all is sent.</summary>
    private bool Run()
    {
        for (int sends = 0; sends < SendsPerRun; sends++)
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
            if (result.IsPending || !Land(result))
            {
                return false;
            }
        }

        _parent.Post(Errands.Send);
        return false;
    }

    /// <summary>What to send next; or the end of the stream; or, with neither, nothing, and sending is over.</summary>
    private IList<ArraySegment<byte>>? Next(out bool end)
    {
        bool closed;
        lock (_lock)
        {
            end = QueueIsEmpty && TakeFin();
            if (!QueueIsEmpty)
            {
                return _queue!.TakeOff();
            }

            if (end)
            {
                return null;
            }

            // Together with the flag, under the lock: else a flush could begin to send in between, and be taken for over.
            _sending = false;
            closed = _life.Leave(Activities.Sending);
            Rest();
        }

        _parent.EndIf(closed);
        return null;
    }

    /// <summary>Handles the end of a send; false when it was the last.</summary>
    private bool Land(OperationResult result)
    {
        _queue!.Land();
        if (!result.IsFailed)
        {
            Volatile.Write(ref _sent, _sent + result.Bytes);
            Interlocked.MemoryBarrier();
            return true;
        }

        Die();
        _parent.OnSendFailed(result.Error);
        return false;
    }

    /// <summary>Hands what is open to the queue. Under the lock.</summary>
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

    /// <summary>Nothing is on its way: gives the queue back, empty. Under the lock.</summary>
    private void Rest()
    {
        if (_queue is { } queue)
        {
            queue.Rest();
            _queue = null;
            s_queues.Return(queue);
        }
    }

    private bool TakeFin()
    {
        bool take = _shutdown && !_finSent && !_dead;
        _finSent |= take;
        return take;
    }
}
