using System.Buffers;
using ActorP2P.Transport;

namespace ActorP2P.Simulation;

/// <content>The bytes: received as fast as the host reads, and sent as far as the window allows.</content>
internal sealed partial class SimulatedConnection
{
    // A slow reader takes the bytes of a hundredth of a second at a time.
    private const int SlowReadsPerSecond = 100;

    // Long segments are most of what a run allocates, so their arrays come from a pool. A short one has an array of
    // just its length: with many nodes most of what is on its way is short.
    internal const int PooledBytes = 1024;

    private readonly Queue<ArraySegment<byte>> _arrived = new();
    private Memory<byte> _buffer;
    private TimeSpan _readableAt;
    private int _headTaken;
    private int _consumed;
    private bool _receiving;
    private bool _fin;
    private bool _wakePlanned;
    private IList<ArraySegment<byte>>? _sending;
    private readonly int _otherWindow;
    private readonly SlowStart? _slowStart;
    private int _acknowledgedBySystem;
    private int _window;
    private int _index;
    private int _offset;
    private int _left;
    private int _total;

    public OperationResult Receive(Memory<byte> buffer)
    {
        if (_closed)
        {
            return Aborted();
        }

        if (_receiving)
        {
            throw new InvalidOperationException("A receive is under way.");
        }

        _buffer = buffer;
        OperationResult result = TakeBytes();
        _receiving = result.IsPending;
        return result;
    }

    public OperationResult Send(IList<ArraySegment<byte>> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        if (_closed || _fault != TransportFault.None)
        {
            return _closed ? Aborted() : Failed();
        }

        if (_sending is not null || _finSent)
        {
            throw new InvalidOperationException(
                _finSent ? "The connection is shut down for sending." : "A send is under way.");
        }

        _sending = segments;
        _index = 0;
        _offset = 0;
        _total = 0;
        _left = 0;
        for (int i = 0; i < segments.Count; i++)
        {
            _left += segments[i].Count;
        }

        return Advance();
    }

    private void CompleteReceive()
    {
        if (!_receiving || _closed)
        {
            return;
        }

        OperationResult result = TakeBytes();
        if (!result.IsPending)
        {
            _receiving = false;
            Sink.OnReceived(result);
        }
    }

    private void CompleteSend()
    {
        if (_sending is null)
        {
            return;
        }

        OperationResult result = Advance();
        if (!result.IsPending)
        {
            Sink.OnSent(result);
        }
    }

    private OperationResult TakeBytes()
    {
        // A dead program reads nothing, even if its last turn has not quite ended.
        if (IsOrphan)
        {
            return OperationResult.Pending;
        }

        if (_arrived.Count == 0)
        {
            return _fault != TransportFault.None ? Failed()
                : _fin ? OperationResult.Failed(TransportFault.EndOfStream, "the peer ended its stream")
                : OperationResult.Pending;
        }

        int allowed = _buffer.Length == 0 ? 0 : Allowance();
        if (allowed == 0 && _buffer.Length > 0)
        {
            return OperationResult.Pending;
        }

        int taken = Copy(_buffer.Span[..allowed]);
        _buffer = default;
        UpdateWindow(taken);
        return OperationResult.Completed(taken);
    }

    /// <summary>The bytes that the host reads now. If it must wait, the receive is continued later.</summary>
    private int Allowance()
    {
        if (Host.ReadRate is not { } rate)
        {
            return _buffer.Length;
        }

        if (rate == 0)
        {
            return 0;
        }

        TimeSpan now = Network.Now;
        if (now < _readableAt)
        {
            PlanWake();
            return 0;
        }

        int allowed = (int)Math.Clamp(rate / SlowReadsPerSecond, 1, _buffer.Length);
        _readableAt = now + TimeSpan.FromSeconds((double)allowed / rate);
        return allowed;
    }

    /// <summary>Plans one wake at a time. Otherwise each segment that arrives meanwhile would plan another.</summary>
    private void PlanWake()
    {
        if (_wakePlanned)
        {
            return;
        }

        _wakePlanned = true;
        Network.World.Schedule(_readableAt, EventClass.Timer, Host.Key, Host.Key, () =>
        {
            _wakePlanned = false;
            CompleteReceive();
        });
    }

    private int Copy(Span<byte> destination)
    {
        int taken = 0;
        while (taken < destination.Length && _arrived.TryPeek(out ArraySegment<byte> head))
        {
            int count = Math.Min(destination.Length - taken, head.Count - _headTaken);
            head.AsSpan(_headTaken, count).CopyTo(destination[taken..]);
            taken += count;
            _headTaken += count;
            if (_headTaken == head.Count)
            {
                _arrived.Dequeue();
                _headTaken = 0;
                GiveBack(head);
            }
        }

        return taken;
    }

    private void UpdateWindow(int taken)
    {
        // A quarter of the window, so that a sender does not stop while all goes well.
        _consumed += taken;
        if (_consumed >= _otherWindow / 4)
        {
            Send(SimulatedSegmentKind.Window, count: _consumed);
            _consumed = 0;
        }
    }

    /// <summary>Tells a sender in slow start what has arrived; a whole window of bytes ends its slow start.</summary>
    private void Acknowledge(int bytes)
    {
        if (_out.Conditions.SlowStart && _acknowledgedBySystem < _otherWindow)
        {
            _acknowledgedBySystem += bytes;
            Send(SimulatedSegmentKind.Ack, count: bytes);
        }
    }

    private OperationResult Advance()
    {
        while (_left > 0 && !IsOrphan)
        {
            int room = Math.Min(_window, _slowStart?.Room ?? int.MaxValue);
            int count = Math.Min(Math.Min(_left, room), _out.Conditions.SegmentBytes);
            if (count <= 0)
            {
                return OperationResult.Pending;
            }

            byte[] array = count >= PooledBytes
                ? ArrayPool<byte>.Shared.Rent(count)
                : GC.AllocateUninitializedArray<byte>(count);
            Span<byte> bytes = array.AsSpan(0, count);
            Gather(bytes);
            _window -= count;
            _slowStart?.Send(count);
            _left -= count;
            _total += count;
            Host.BytesSent += count;
            Network.World.RecordTrace(Host.Key, bytes);
            _tap?.Add(bytes);
            Send(SimulatedSegmentKind.Data, array, count);
        }

        if (IsOrphan)
        {
            return OperationResult.Pending;
        }

        _sending = null;
        return OperationResult.Completed(_total);
    }

    /// <summary>A segment was copied on its way to another process.</summary>
    public static void GiveBack(in SimulatedSegment segment)
    {
        if (segment.Bytes is { } bytes)
        {
            GiveBack(new ArraySegment<byte>(bytes, 0, segment.Count));
        }
    }

    /// <summary>
    /// The receiver has read a segment. One that is lost with its connection is left to the collector.
    /// </summary>
    private static void GiveBack(ArraySegment<byte> segment)
    {
        if (segment.Count >= PooledBytes)
        {
            ArrayPool<byte>.Shared.Return(segment.Array!);
        }
    }

    private void Gather(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            ArraySegment<byte> segment = _sending![_index];
            int count = Math.Min(segment.Count - _offset, destination.Length);
            segment.AsSpan(_offset, count).CopyTo(destination);
            destination = destination[count..];
            _offset += count;
            if (_offset == segment.Count)
            {
                _index++;
                _offset = 0;
            }
        }
    }
}
