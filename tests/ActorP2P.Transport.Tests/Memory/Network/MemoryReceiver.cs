using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>
/// The bytes that have arrived at one end of a memory connection and are not received yet. The lock of the connection
/// guards it.
/// </summary>
internal sealed class MemoryReceiver
{
    private readonly Queue<MemorySegment> _arrived = new();
    private int _headOffset;
    private Memory<byte> _buffer;
    private bool _fin;
    private bool _reset;
    private int _consumed;

    /// <summary>Whether a receive is pending.</summary>
    internal bool IsPending { get; private set; }

    /// <summary>Whether there are unread bytes.</summary>
    internal bool HasBytes => _arrived.Count > 0;

    /// <summary>The bytes received since the last call if they are worth a window update, else 0.</summary>
    internal int TakeConsumed(int threshold)
    {
        int consumed = _consumed >= threshold ? _consumed : 0;
        _consumed -= consumed;
        return consumed;
    }

    internal OperationResult Receive(Memory<byte> buffer)
    {
        if (IsPending)
        {
            throw new InvalidOperationException("A receive is under way.");
        }

        _buffer = buffer;
        OperationResult result = Take();
        IsPending = result.IsPending;
        return result;
    }

    /// <summary>
    /// Adds a segment that has arrived. The result is pending unless the segment ends the pending receive.
    /// </summary>
    internal OperationResult Arrive(in MemorySegment segment)
    {
        switch (segment.Kind)
        {
            case MemorySegmentKind.Data:
                _arrived.Enqueue(segment);
                break;
            case MemorySegmentKind.Fin:
                _fin = true;
                break;
            case MemorySegmentKind.Reset:
                _reset = true;
                break;
            default:
                throw new InvalidOperationException($"A {segment.Kind} is not for the receiver.");
        }

        if (!IsPending)
        {
            return OperationResult.Pending;
        }

        OperationResult result = Take();
        IsPending = result.IsPending;
        return result;
    }

    /// <summary>Gives up a pending receive and releases all bytes; true when a receive was pending.</summary>
    internal bool Close()
    {
        while (_arrived.TryDequeue(out MemorySegment segment))
        {
            segment.Buffer!.Release();
        }

        bool pending = IsPending;
        IsPending = false;
        _buffer = default;
        return pending;
    }

    private OperationResult Take()
    {
        if (_arrived.Count == 0)
        {
            return _reset ? OperationResult.Failed(TransportFault.Reset, "the peer cut the connection")
                : _fin ? OperationResult.Failed(TransportFault.EndOfStream, "the peer ended its stream")
                : OperationResult.Pending;
        }

        int taken = 0;
        while (taken < _buffer.Length && _arrived.TryPeek(out MemorySegment head))
        {
            int count = Math.Min(_buffer.Length - taken, head.Length - _headOffset);
            head.Buffer!.Array.AsSpan(_headOffset, count).CopyTo(_buffer.Span[taken..]);
            taken += count;
            _headOffset += count;
            if (_headOffset == head.Length)
            {
                _arrived.Dequeue();
                head.Buffer.Release();
                _headOffset = 0;
            }
        }

        _consumed += taken;
        _buffer = default;
        return OperationResult.Completed(taken);
    }
}
