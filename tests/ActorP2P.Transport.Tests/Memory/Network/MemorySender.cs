using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>The pending send at one end of a memory connection. The lock of the connection guards it.</summary>
/// <param name="window">The number of bytes that may be under way or unread at the other end.</param>
internal sealed class MemorySender(int window)
{
    // The number of bytes per segment: the contents of one pooled buffer.
    private const int MaxSegmentBytes = SharedBuffer.MaxPooledLength;

    private int _window = window;
    private IList<ArraySegment<byte>>? _segments;
    private int _index;
    private int _offset;
    private int _total;

    /// <summary>Whether a send waits for the window.</summary>
    internal bool IsPending => _segments is not null;

    /// <summary>The number of bytes that the other end has taken out of its window.</summary>
    internal long Acknowledged { get; private set; }

    internal void Begin(IList<ArraySegment<byte>> segments)
    {
        if (IsPending)
        {
            throw new InvalidOperationException("A send is under way.");
        }

        _segments = segments;
        _index = 0;
        _offset = 0;
        _total = 0;
    }

    /// <summary>Widens the window.</summary>
    internal void Widen(int bytes)
    {
        _window += bytes;
        Acknowledged += bytes;
    }

    /// <summary>Gives up the send; true when one was pending.</summary>
    internal bool Close()
    {
        bool pending = IsPending;
        _segments = null;
        return pending;
    }

    /// <summary>Sends what the window allows; the result is pending unless that was everything.</summary>
    internal OperationResult Advance(DelayLine<MemorySegment> line)
    {
        while (_segments is not null)
        {
            int left = Left(_segments);
            if (left == 0)
            {
                _segments = null;
                return OperationResult.Completed(_total);
            }

            int count = Math.Min(Math.Min(left, _window), MaxSegmentBytes);
            if (count == 0)
            {
                break;
            }

            SharedBuffer buffer = SharedBuffer.Rent(count);
            Gather(_segments, buffer.Array.AsSpan(0, count));
            _window -= count;
            _total += count;
            line.Add(new MemorySegment(MemorySegmentKind.Data, buffer, count));
        }

        return OperationResult.Pending;
    }

    private int Left(IList<ArraySegment<byte>> segments)
    {
        int left = -_offset;
        for (int i = _index; i < segments.Count; i++)
        {
            left += segments[i].Count;
        }

        return left;
    }

    private void Gather(IList<ArraySegment<byte>> segments, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            ReadOnlySpan<byte> source = segments[_index].AsSpan(_offset);
            int count = Math.Min(source.Length, destination.Length);
            source[..count].CopyTo(destination);
            destination = destination[count..];
            _offset += count;
            if (_offset == segments[_index].Count)
            {
                _index++;
                _offset = 0;
            }
        }
    }
}
