namespace ActorP2P.Protocol;

/// <summary>
/// One stream as this side sees it: what waits to be sent, what the peer has sent, and which directions have ended.
/// <see cref="StreamTable"/> changes it; the shell keeps it as the handle of its stream.
/// </summary>
internal sealed class StreamState
{
    private readonly Queue<StreamPiece> _pieces = new();
    private StreamPiece _request;
    private StreamWindow _window;
    private long _sendLimit;
    private int _taken;
    private bool _isEndAsked;

    public StreamState(ushort type, Lane lane, bool isOwn, long sendLimit, in StreamWindow window)
    {
        Type = type;
        Lane = lane;
        IsOwn = isOwn;
        _sendLimit = sendLimit;
        _window = window;
        Turn = new OutboundMessage(this, lane);
    }

    /// <summary>The id on the connection; 0 until the opening frame is sent.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The message type of the request that opens it.</summary>
    public ushort Type { get; }

    /// <summary>The lane of its frames.</summary>
    public Lane Lane { get; }

    /// <summary>Whether this node has opened it.</summary>
    public bool IsOwn { get; }

    /// <summary>What the shell keeps for it.</summary>
    public object? Tag { get; set; }

    /// <summary>Bytes that were sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Bytes that wait to be sent.</summary>
    public long Queued { get; private set; }

    /// <summary>Bytes of the peer that have arrived.</summary>
    public long Received { get; private set; }

    /// <summary>Whether the last frame of this node's direction was sent.</summary>
    public bool IsEndSent { get; private set; }

    /// <summary>Whether the peer's direction has ended.</summary>
    public bool IsEndReceived { get; internal set; }

    /// <summary>Whether the stream is over: no frame of it is sent, and frames that still arrive are ignored.</summary>
    public bool IsOver { get; internal set; }

    /// <summary>The payload of a reset that waits to be sent; null when none does.</summary>
    internal byte[]? DueReset { get; set; }

    /// <summary>Its place in its lane.</summary>
    internal OutboundMessage Turn { get; }

    /// <summary>Whether <see cref="Turn"/> is in the lane.</summary>
    internal bool IsInLane { get; set; }

    /// <summary>Whether the shell is to be told of sent bytes.</summary>
    internal bool IsProgressNoted { get; set; }

    /// <summary>Whether a renewal of the peer's credit waits to be sent.</summary>
    internal bool IsCreditDue { get; set; }

    /// <summary>The peer's credit.</summary>
    internal ref StreamWindow Window => ref _window;

    /// <summary>Whether its next frame may be sent.</summary>
    internal bool IsReady => !IsOver && (IsUnopened || (Queued > 0 ? Sent < _sendLimit : _isEndAsked && !IsEndSent));

    /// <summary>Whether the opening frame was not sent yet.</summary>
    internal bool IsUnopened => IsOwn && Id == 0;

    /// <summary>The longest payload of its next frame, in bytes.</summary>
    internal int NextLength => IsUnopened ? _request.Bytes.Length
        : Queued > 0 ? (int)Math.Min(
            Math.Min(SessionSettings.MaxFragment, _sendLimit - Sent), _pieces.Peek().Bytes.Length - _taken)
        : sizeof(ulong);

    /// <summary>Sets the request that the opening frame carries.</summary>
    internal void SetRequest(in StreamPiece request) => _request = request;

    /// <summary>Adds bytes to send.</summary>
    internal void Add(in StreamPiece piece)
    {
        _pieces.Enqueue(piece);
        Queued += piece.Bytes.Length;
    }

    /// <summary>No more bytes will be added.</summary>
    internal void AskEnd() => _isEndAsked = true;

    /// <summary>The peer accepts more bytes. A limit that is not higher changes nothing.</summary>
    internal void RaiseLimit(long limit) => _sendLimit = Math.Max(_sendLimit, limit);

    /// <summary>Bytes of the peer have arrived.</summary>
    /// <returns>False when the peer had no credit for them.</returns>
    internal bool TryReceive(int bytes)
    {
        bool hasCredit = Received + bytes <= _window.Limit;
        Received += hasCredit ? bytes : 0;
        return hasCredit;
    }

    /// <summary>Takes the request for the opening frame.</summary>
    internal StreamPiece TakeRequest()
    {
        StreamPiece request = _request;
        _request = default;
        return request;
    }

    /// <summary>Takes the bytes of the next frame.</summary>
    /// <param name="isLast">Whether they are the last of their piece, whose hold then goes with them.</param>
    internal StreamPiece TakeBytes(out bool isLast)
    {
        StreamPiece piece = _pieces.Peek();
        int size = NextLength;
        StreamPiece taken = new(piece.Bytes.Slice(_taken, size), piece.Owner);
        _taken += size;
        isLast = _taken == piece.Bytes.Length;
        if (isLast)
        {
            _pieces.Dequeue();
            _taken = 0;
        }

        Queued -= size;
        Sent += size;
        return taken;
    }

    /// <summary>The last frame of this node's direction is sent.</summary>
    internal void OnEndSent() => IsEndSent = true;

    /// <summary>Releases what waits to be sent.</summary>
    /// <returns>The bytes that waited.</returns>
    internal long Drop()
    {
        long dropped = Queued;
        TakeRequest().Owner?.Release();
        while (_pieces.TryDequeue(out StreamPiece piece))
        {
            piece.Owner?.Release();
        }

        Queued = 0;
        _taken = 0;
        return dropped;
    }
}
