using System.Runtime.InteropServices;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// Gathers what the owner appends between two flushes: short bytes are copied into pooled pieces, and long ones are
/// kept by reference. One thread at a time uses it, without a lock.
/// </summary>
internal sealed class WriteBuffer
{
    // A piece holds many small frames, but a connection with one small frame to send does not hold 64 KiB. Four pieces
    // make a full write buffer in one vectored write.
    private const int PieceBytes = 16 * 1024;

    private readonly List<OutgoingSegment> _segments = [];
    private SharedBuffer? _piece;
    private int _runStart;
    private int _position;

    /// <summary>The gathered segments in order, up to the last <see cref="EndRun"/>.</summary>
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

    /// <summary>Finds the payload in its owner's array.</summary>
    /// <exception cref="ArgumentException">The payload is not in that array.</exception>
    internal static ArraySegment<byte> Locate(ReadOnlyMemory<byte> payload, SharedBuffer owner) =>
        MemoryMarshal.TryGetArray(payload, out ArraySegment<byte> segment) && segment.Array == owner.Array
            ? segment
            : throw new ArgumentException("The payload is not in its owner's array.", nameof(payload));

    /// <summary>Adds bytes by reference, with a hold on their owner.</summary>
    internal void Reference(ArraySegment<byte> bytes, SharedBuffer owner)
    {
        EndRun();
        _segments.Add(new OutgoingSegment(owner.Retain(), bytes));
    }

    /// <summary>Makes a segment of the bytes that were copied since the last one.</summary>
    internal void EndRun()
    {
        if (_piece is not null && _position > _runStart)
        {
            var run = new ArraySegment<byte>(_piece.Array, _runStart, _position - _runStart);
            _segments.Add(new OutgoingSegment(_piece.Retain(), run));
            _runStart = _position;
        }
    }

    /// <summary>Gives the piece away, so that another thread may release it while nothing is appended.</summary>
    internal ParkedPiece Park()
    {
        EndRun();
        var parked = new ParkedPiece(_piece, _position);
        _piece = null;
        _runStart = 0;
        _position = 0;
        return parked;
    }

    /// <summary>
    /// Continues to write in a piece, after the bytes that it has. The buffer must hold no other piece.
    /// </summary>
    internal void Resume(in ParkedPiece parked)
    {
        _piece = parked.Piece;
        _runStart = parked.Position;
        _position = parked.Position;
    }

    // Bytes that were copied into the piece and are not flushed stay as a segment.
    private void DropPiece()
    {
        EndRun();
        _piece?.Release();
        _piece = null;
        _runStart = 0;
        _position = 0;
    }

    /// <summary>Releases everything.</summary>
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
