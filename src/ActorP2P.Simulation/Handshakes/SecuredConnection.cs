using ActorP2P.Transport;

namespace ActorP2P.Simulation;

/// <summary>
/// A connection under a simulated handshake. A receive or a send that comes before the handshake is over is pending
/// until then, as on an encrypted connection over sockets.
/// </summary>
internal sealed class SecuredConnection : IConnection, IConnectionSink
{
    private readonly IConnection _inner;
    private readonly HandshakeFlight _flight;
    private readonly FrameTap? _tap;
    private readonly FrameTap? _incomingTap;
    private readonly RecordBuffer _records = new();

    // One send is under way at a time.
    private readonly ArraySegment<byte>[] _encrypted = new ArraySegment<byte>[1];
    private IConnectionSink? _sink;
    private RecordCipher? _outgoing;
    private RecordCipher? _incoming;
    private Memory<byte>? _receiving;
    private IList<ArraySegment<byte>>? _earlySend;
    private ArraySegment<byte> _content;
    private TransportError _failure;
    private int _sending;
    private bool _isFlightSent = true;
    private bool _isReceivingFlight;
    private bool _isShutdownDue;

    /// <summary>Takes over a connection that was not started yet.</summary>
    public SecuredConnection(IConnection inner, HandshakeFlight flight)
    {
        _inner = inner;
        _flight = flight;

        // Who watches the wire is to see frames.
        (_tap, _incomingTap) = (inner as SimulatedConnection)?.TakeTaps() ?? default;
    }

    public PeerAddress LocalAddress => _inner.LocalAddress;

    public PeerAddress RemoteAddress => _inner.RemoteAddress;

    public NodeId? RemoteId => _flight.RemoteId;

    /// <summary>Encrypted bytes: more than were sent, by what encryption adds.</summary>
    public long? BytesAcknowledged => _inner.BytesAcknowledged;

    public int BytesWaiting => _inner.BytesWaiting + _content.Count;

    private IConnectionSink Sink => _sink ?? throw new InvalidOperationException("The connection was not started.");

    private bool HasFailed => _failure.Fault != TransportFault.None;

    private bool IsOpen => _outgoing is not null;

    public void Start(IConnectionSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        _sink = sink;
        _inner.Start(this);
        if (_flight.First() is { } first)
        {
            SendFlight(first);
        }

        ShakeHands();
    }

    public OperationResult Receive(Memory<byte> buffer)
    {
        if (!IsOpen && !HasFailed)
        {
            _receiving = buffer;
            return OperationResult.Pending;
        }

        return ContinueReceive(buffer);
    }

    public OperationResult Send(IList<ArraySegment<byte>> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        if (!IsOpen && !HasFailed)
        {
            _earlySend = segments;
            return OperationResult.Pending;
        }

        return HasFailed ? OperationResult.Failed(_failure) : Encrypt(segments);
    }

    public void ShutdownSend()
    {
        if (!IsOpen && !HasFailed)
        {
            _isShutdownDue = true;
        }
        else
        {
            _inner.ShutdownSend();
        }
    }

    public void Abort()
    {
        _records.Release();
        _inner.Abort();
    }

    public void Dispose()
    {
        _records.Release();
        _inner.Dispose();
    }

    public void Post() => _inner.Post();

    public void OnPosted() => Sink.OnPosted();

    public void OnSent(OperationResult result)
    {
        if (_isFlightSent)
        {
            Sink.OnSent(result.IsFailed ? result : OperationResult.Completed(_sending));
            return;
        }

        _isFlightSent = true;
        if (result.IsFailed)
        {
            _failure = result.Error;
        }

        ShakeHands();
    }

    public void OnReceived(OperationResult result)
    {
        if (result.IsFailed)
        {
            if (IsOpen)
            {
                EndReceive(result);
            }
            else
            {
                FailHandshake(result.Error);
                ContinueEarly();
            }

            return;
        }

        Note(result.Bytes);
        _isReceivingFlight = false;
        if (!IsOpen)
        {
            ShakeHands();
        }
        else if (_receiving is { } buffer)
        {
            EndReceive(ContinueReceive(buffer));
        }
    }

    private void EndReceive(OperationResult result)
    {
        if (!result.IsPending && _receiving is not null)
        {
            _receiving = null;
            Sink.OnReceived(result);
        }
    }

    private void Note(int bytes)
    {
        // The receive had no room to receive into, and has said only that there is something.
        if (!_records.HasRoom)
        {
            _records.MakeRoom();
        }
        else
        {
            _records.Received(bytes);
        }
    }

    /// <summary>Receives until a whole record of a type is there.</summary>
    private OperationResult ReceiveRecord(byte type, out ArraySegment<byte> record)
    {
        record = default;
        while (true)
        {
            if (!_records.TryTake(type, out ArraySegment<byte>? taken))
            {
                return OperationResult.Failed(
                    IsOpen ? TransportFault.Reset : TransportFault.HandshakeFailed, "what came is no record");
            }

            if (taken is { } whole)
            {
                record = whole;
                return OperationResult.Completed(whole.Count);
            }

            OperationResult result = _inner.Receive(_records.HasRoom ? _records.Room : Memory<byte>.Empty);
            if (result.IsPending || result.IsFailed)
            {
                return result;
            }

            Note(result.Bytes);
        }
    }

    private void ShakeHands()
    {
        while (!_flight.IsComplete && !HasFailed && !_isReceivingFlight)
        {
            OperationResult result = ReceiveRecord(RecordBuffer.Handshake, out ArraySegment<byte> record);
            if (result.IsPending)
            {
                _isReceivingFlight = true;
                return;
            }

            byte[]? answer = null;
            FailHandshake(result.IsFailed ? result.Error : _flight.Take(record, out answer));
            if (answer is not null)
            {
                SendFlight(answer);
            }
        }

        if (!_isFlightSent || IsOpen || (_isReceivingFlight && !HasFailed))
        {
            return;
        }

        if (!HasFailed)
        {
            _incoming = _flight.CreateCipher(isOutgoing: false);
            _outgoing = _flight.CreateCipher(isOutgoing: true);
        }

        ContinueEarly();
    }

    /// <summary>The handshake has failed, if there is a fault.</summary>
    private void FailHandshake(TransportError error)
    {
        if (error.Fault != TransportFault.None && !HasFailed)
        {
            _failure = error.Fault == TransportFault.EndOfStream
                ? new TransportError(TransportFault.HandshakeFailed, "the peer ended its stream amid the handshake")
                : error;
        }
    }

    private void SendFlight(byte[] flight)
    {
        byte[] record = new byte[RecordBuffer.HeaderSize + flight.Length];
        RecordBuffer.WriteHeader(record, RecordBuffer.Handshake, flight.Length);
        flight.CopyTo(record, RecordBuffer.HeaderSize);
        OperationResult result = _inner.Send([record]);
        _isFlightSent = !result.IsPending;
        if (result.IsFailed)
        {
            FailHandshake(result.Error);
        }
    }

    /// <summary>Continues what waited for the end of the handshake.</summary>
    private void ContinueEarly()
    {
        if (_earlySend is { } segments)
        {
            _earlySend = null;
            OperationResult sent = HasFailed ? OperationResult.Failed(_failure) : Encrypt(segments);
            if (!sent.IsPending)
            {
                Sink.OnSent(sent);
            }
        }
        else if (_isShutdownDue && !HasFailed)
        {
            _inner.ShutdownSend();
        }

        if (_receiving is { } buffer)
        {
            EndReceive(ContinueReceive(buffer));
        }
    }

    private OperationResult ContinueReceive(Memory<byte> buffer)
    {
        while (!HasFailed)
        {
            if (_content.Count > 0)
            {
                int count = Math.Min(buffer.Length, _content.Count);
                _content[..count].AsSpan().CopyTo(buffer.Span);
                _content = _content[count..];
                return OperationResult.Completed(count);
            }

            OperationResult result = ReceiveRecord(RecordBuffer.Content, out ArraySegment<byte> record);
            if (result.IsPending)
            {
                _receiving = buffer;
                return result;
            }

            if (result.IsFailed)
            {
                return result;
            }

            if (!_incoming!.TryDecrypt(record))
            {
                _failure = new TransportError(TransportFault.Reset, "a record was changed on its way");
                _inner.Abort();
                break;
            }

            _content = record[..^RecordCipher.Overhead];
            _incomingTap?.Add(_content);
        }

        return OperationResult.Failed(_failure);
    }

    private OperationResult Encrypt(IList<ArraySegment<byte>> segments)
    {
        int total = 0;
        for (int i = 0; i < segments.Count; i++)
        {
            total += segments[i].Count;
            _tap?.Add(segments[i]);
        }

        _sending = total;
        _encrypted[0] = _outgoing!.EncryptAll(segments, total);
        OperationResult result = _inner.Send(_encrypted);
        return result.IsPending || result.IsFailed ? result : OperationResult.Completed(total);
    }
}
