using System.Runtime.InteropServices;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// The flushed bytes that are not sent yet, in order. The user's lock guards it, except for the bytes in flight.
/// </summary>
internal sealed class SendQueue
{
    // The most segments in one send. Up to 8, the runtime keeps the system's vector on the stack; with more, it
    // allocates two arrays per call. 8 segments are 64 KiB of referenced payloads at the default threshold, or 128 KiB
    // of pieces.
    private const int MaxSegmentsPerSend = 8;

    private readonly List<OutgoingSegment> _queued = [];
    private readonly List<OutgoingSegment> _inFlight = [];
    private readonly List<ArraySegment<byte>> _vector = [];
    private ParkedPiece _parked;

    internal bool IsEmpty => _queued.Count == 0;

    /// <summary>Takes over all bytes that <paramref name="open"/> has gathered, and its piece.</summary>
    internal void Publish(WriteBuffer open)
    {
        open.EndRun();
        foreach (OutgoingSegment segment in open.Segments)
        {
            Add(segment);
        }

        open.Segments.Clear();
        ParkedPiece parked = open.Park();
        if (parked.Piece is not null)
        {
            _parked = parked;
        }
    }

    /// <summary>
    /// Returns the parked piece to <paramref name="open"/>, if it is still here, to be filled further.
    /// </summary>
    internal void Resume(WriteBuffer open)
    {
        if (_parked.Piece is not null)
        {
            open.Resume(_parked);
            _parked = default;
        }
    }

    /// <summary>
    /// Moves the head of the queue into flight. The list belongs to the next send until <see cref="EndSend"/>.
    /// </summary>
    internal IList<ArraySegment<byte>> BeginSend()
    {
        int count = Math.Min(_queued.Count, MaxSegmentsPerSend);
        foreach (OutgoingSegment segment in CollectionsMarshal.AsSpan(_queued)[..count])
        {
            _inFlight.Add(segment);
            _vector.Add(segment.Bytes);
        }

        _queued.RemoveRange(0, count);
        return _vector;
    }

    /// <summary>
    /// Releases the bytes in flight. The code that handles the end of the send calls it, without the lock.
    /// </summary>
    internal void EndSend()
    {
        ReleaseAll(_inFlight);
        _vector.Clear();
    }

    /// <summary>
    /// Releases the parked piece, because nothing is left to send and a quiet connection holds no buffer.
    /// </summary>
    internal void ReleaseParked()
    {
        _parked.Piece?.Release();
        _parked = default;
    }

    /// <summary>Releases everything that is not in flight.</summary>
    internal void Drop()
    {
        ReleaseAll(_queued);
        ReleaseParked();
    }

    private void Add(in OutgoingSegment segment)
    {
        // Many small flushes during one long send leave many short runs of the same piece. Together they make one
        // segment.
        if (_queued.Count > 0 && _queued[^1].IsFollowedBy(segment))
        {
            ArraySegment<byte> before = _queued[^1].Bytes;
            _queued[^1] = segment with
            {
                Bytes = new ArraySegment<byte>(before.Array!, before.Offset, before.Count + segment.Bytes.Count),
            };
            segment.Owner.Release();
            return;
        }

        _queued.Add(segment);
    }

    private static void ReleaseAll(List<OutgoingSegment> segments)
    {
        foreach (OutgoingSegment segment in segments)
        {
            segment.Owner.Release();
        }

        segments.Clear();
    }
}
