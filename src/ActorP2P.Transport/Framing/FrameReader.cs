using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// Receives into pooled slabs and divides them into batches of frames, in place. It holds no buffer while it waits for
/// the start of a frame.
/// </summary>
/// <remarks>
/// One thread at a time runs it: the thread that started it, that received a result, or that runs posted work. Only the
/// count of unreleased batches is shared with the owner's threads.
/// </remarks>
internal sealed class FrameReader
{
    // The object is its own lock, because a Lock would take 40 bytes of every connection.

    // After this many reads, about a megabyte, the thread returns to the pool, so that one busy stream does not occupy
    // it.
    private const int ReadsInARow = 32;

    private readonly FrameConnection _parent;
    private readonly IConnection _connection;
    private readonly FrameConnectionSettings _settings;
    private FrameBatch? _spare;
    private SharedBuffer? _slab;
    private int _start;
    private int _end;
    private bool _isWaiting;
    private int _unreleased;
    private bool _isPaused;
    private bool _isDiscarding;
    private long _bytes;
    private long _frames;

    internal FrameReader(FrameConnection parent, IConnection connection, FrameConnectionSettings settings)
    {
        _parent = parent;
        _connection = connection;
        _settings = settings;
    }

    internal long Bytes => Volatile.Read(ref _bytes);

    internal long Frames => Volatile.Read(ref _frames);

    /// <summary>Reads until a receive is pending, the owner holds too many batches, or the stream ends.</summary>
    internal void Read()
    {
        for (int reads = 0; reads < ReadsInARow; reads++)
        {
            if (!MayRead())
            {
                return;
            }

            OperationResult result = Receive();
            if (result.IsPending || !CompleteReceive(result))
            {
                return;
            }
        }

        _parent.Post(PostedWork.Read);
    }

    /// <summary>The pending receive has ended.</summary>
    internal void OnReceived(OperationResult result)
    {
        if (CompleteReceive(result))
        {
            Read();
        }
    }

    /// <summary>Takes back a batch that the owner has released.</summary>
    internal void Recycle(FrameBatch batch)
    {
        bool resume;
        lock (this)
        {
            _unreleased--;
            batch.NextSpare = _spare;
            _spare = batch;
            resume = _isPaused;
            _isPaused = false;
        }

        if (resume)
        {
            _parent.Post(PostedWork.Read);
        }
    }

    /// <summary>
    /// Ends reading that is paused until the owner releases a batch. It returns true if reading was paused; no receive
    /// will end then.
    /// </summary>
    internal bool EndIfPaused()
    {
        lock (this)
        {
            if (!_isPaused)
            {
                return false;
            }

            _isPaused = false;
        }

        DropSlab();
        return true;
    }

    private bool MayRead()
    {
        lock (this)
        {
            _isPaused = _unreleased >= _settings.MaxUnreleasedBatches;
            return !_isPaused;
        }
    }

    private OperationResult Receive()
    {
        _isWaiting = _slab is null;
        return _connection.Receive(_slab is null ? default : _slab.Array.AsMemory(_end));
    }

    /// <summary>Handles the result of a receive; returns false when nothing more is to be read.</summary>
    private bool CompleteReceive(OperationResult result)
    {
        if (result.IsFailed)
        {
            bool isAmidFrame = _end > _start && result.Error.Fault == TransportFault.EndOfStream;
            DropSlab();
            _parent.OnReadEnded(
                isAmidFrame ? result.Error with { Detail = "the peer ended its stream within a frame" } : result.Error);
            return false;
        }

        if (_isWaiting)
        {
            Volatile.Write(ref _slab, SharedBuffer.Rent(_settings.EffectiveSlabBytes));
            return true;
        }

        bool goesOn = true;
        if (_isDiscarding)
        {
            // After an oversized header, bytes are read only to find the end of the stream.
            DropSlab();
        }
        else
        {
            _end += result.Bytes;
            goesOn = Cut();
        }

        // The count is updated after the frames were passed on, so that it never includes frames that the owner has not
        // got.
        Volatile.Write(ref _bytes, _bytes + result.Bytes);
        return goesOn;
    }

    /// <summary>
    /// Passes on complete frames and keeps an incomplete one; returns false when a header ends the reading.
    /// </summary>
    private bool Cut()
    {
        byte[] bytes = _slab!.Array;
        int cut = _start;
        int count = 0;
        FrameHeader header;
        FrameDecoderStatus status;
        while ((status = FrameDecoder.TryRead(bytes.AsSpan(cut, _end - cut), _settings.MaxPayloadBytes, out header))
            == FrameDecoderStatus.Complete)
        {
            cut += FrameHeader.Size + (int)header.Length;
            count++;
        }

        _isDiscarding = status == FrameDecoderStatus.TooLong;
        if (count == 0 && !_isDiscarding)
        {
            KeepTail(status, header);
            return true;
        }

        Volatile.Write(ref _frames, _frames + count);
        FrameBatch batch = TakeBatch();
        batch.Fill(_slab.Retain(), _start, cut, count, _isDiscarding ? header : null);
        _start = cut;
        if (_isDiscarding)
        {
            DropSlab();
            _parent.OnFrames(batch);
            _parent.OnReadStopped();
            return false;
        }

        KeepTail(status, header);
        _parent.OnFrames(batch);
        return true;
    }

    private FrameBatch TakeBatch()
    {
        lock (this)
        {
            _unreleased++;
            FrameBatch batch = _spare ?? new FrameBatch(this);
            _spare = batch.NextSpare;
            return batch;
        }
    }

    /// <summary>
    /// Keeps an incomplete frame in place if the slab has room for the rest, and moves it to a new slab otherwise.
    /// Others may hold the slab, so its bytes are never written twice.
    /// </summary>
    private void KeepTail(FrameDecoderStatus status, in FrameHeader header)
    {
        int tail = _end - _start;
        if (tail == 0)
        {
            DropSlab();
            return;
        }

        int needed = FrameHeader.Size + (status == FrameDecoderStatus.NeedPayload ? (int)header.Length : 0);
        SharedBuffer slab = _slab!;
        if (slab.Capacity - _start >= needed)
        {
            return;
        }

        SharedBuffer next = SharedBuffer.Rent(_settings.EffectiveSlabBytes);
        slab.Array.AsSpan(_start, tail).CopyTo(next.Array);
        Volatile.Write(ref _slab, next);
        slab.Release();
        _start = 0;
        _end = tail;
    }

    private void DropSlab()
    {
        SharedBuffer? slab = Interlocked.Exchange(ref _slab, null);
        slab?.Release();
        _start = 0;
        _end = 0;
    }
}
