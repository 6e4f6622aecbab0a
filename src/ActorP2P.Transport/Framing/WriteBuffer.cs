using System.Runtime.InteropServices;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// Gathers what the owner appends between two flushes: small things copied one behind the other into pooled pieces,
/// large ones by reference. Used by one thread at a time, without a lock.
/// </summary>
internal sealed class WriteBuffer
{
    // A piece holds many small frames, yet a connection with one small frame on its way does not hold 64 KiB; four of
    // them make a full write buffer in one vectored write.
    private const int PieceBytes = 16 * 1024;

    private readonly List<OutgoingSegment> _segments = [];
    private SharedBuffer? _piece;
    private int _runStart;
    private int _position;

    /// <summary>What was gathered, in order, up to the last <see cref="EndRun"/>.</summary>
    internal List<OutgoingSegment> Segments => _segments;

    /// <summary>Encodes a header.</summary>
    internal void Write(in FrameHeader header)
    {
        if (_piece is not null && _piece.Capacity - _position >= FrameHeader.Size)
        {
            header.Write(_piece.Array.AsSpan(_position, FrameHeader.Size));
            _position += FrameHeader.Size;
            return;
        }

        Span<byte> encoded = stackalloc byte[FrameHeader.Size];
        header.Write(encoded);
        Write(encoded);
    }

    /// <summary>Copies bytes.</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_piece is null || _position == _piece.Capacity)
            {
                DropPiece();
                _piece = SharedBuffer.Rent(PieceBytes);
            }

            int count = Math.Min(bytes.Length, _piece.Capacity - _position);
            bytes[..count].CopyTo(_piece.Array.AsSpan(_position));
            _position += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Finds payload bytes in their owner's array.</summary>
    /// <exception cref="ArgumentException">They do not lie there.</exception>
    internal static ArraySegment<byte> Locate(ReadOnlyMemory<byte> payload, SharedBuffer owner) =>
        MemoryMarshal.TryGetArray(payload, out ArraySegment<byte> segment) && segment.Array == owner.Array
            ? segment
            : throw new ArgumentException("The payload does not lie in its owner's array.", nameof(payload));

    /// <summary>Takes bytes where they lie, with a hold on their owner.</summary>
    internal void Reference(ArraySegment<byte> bytes, SharedBuffer owner)
    {
        EndRun();
        _segments.Add(new OutgoingSegment(owner.Retain(), bytes));
    }

    /// <summary>Makes a segment of what was copied since the last one.</summary>
    internal void EndRun()
    {
        if (_piece is not null && _position > _runStart)
        {
            var run = new ArraySegment<byte>(_piece.Array, _runStart, _position - _runStart);
            _segments.Add(new OutgoingSegment(_piece.Retain(), run));
            _runStart = _position;
        }
    }

    /// <summary>Gives the piece away, so that another thread may let go of it while nothing is appended.</summary>
    internal ParkedPiece Park()
    {
        EndRun();
        var parked = new ParkedPiece(_piece, _position);
        _piece = null;
        _runStart = 0;
        _position = 0;
        return parked;
    }

    /// <summary>Writes on in a piece behind what was written in it before. The buffer holds no other.</summary>
    internal void Resume(in ParkedPiece parked)
    {
        _piece = parked.Piece;
        _runStart = parked.Position;
        _position = parked.Position;
    }

    // What was copied into the piece and not yet flushed stays, as a segment.
    private void DropPiece()
    {
        EndRun();
        _piece?.Release();
        _piece = null;
        _runStart = 0;
        _position = 0;
    }

    /// <summary>Lets go of everything.</summary>
    internal void Clear()
    {
        DropPiece();
        foreach (OutgoingSegment segment in _segments)
        {
            segment.Owner.Release();
        }

        _segments.Clear();
    }
}
