using System.Buffers;
using System.Buffers.Binary;

namespace ActorP2P.Simulation;

/// <summary>
/// Collects what arrives until a whole record is there. A record has a header of 5 bytes, as in TLS: its type, a
/// version of 2 bytes, and the length of what follows. While nothing is held there is no array.
/// </summary>
internal sealed class RecordBuffer
{
    /// <summary>Bytes of a record's header.</summary>
    public const int HeaderSize = 5;

    /// <summary>The type of a record of the handshake.</summary>
    public const byte Handshake = 0x16;

    /// <summary>The type of a record of content.</summary>
    public const byte Content = 0x17;

    /// <summary>The most bytes of content in a record.</summary>
    public const int MaxContent = 16 * 1024;

    private const ushort Version = 0x0303;
    private const int MaxRecord = HeaderSize + MaxContent + RecordCipher.Overhead;

    private byte[]? _bytes;
    private int _start;
    private int _end;

    /// <summary>Whether there is room to receive into.</summary>
    public bool HasRoom => _bytes is not null;

    /// <summary>The room behind what was received.</summary>
    public Memory<byte> Room => _bytes.AsMemory(_end, MaxRecord - _end);

    /// <summary>Writes a header.</summary>
    public static void WriteHeader(Span<byte> header, byte type, int length)
    {
        header[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(header[1..], Version);
        BinaryPrimitives.WriteUInt16BigEndian(header[3..], (ushort)length);
    }

    /// <summary>Something has arrived, so there must be room.</summary>
    public void MakeRoom() => _bytes ??= ArrayPool<byte>.Shared.Rent(MaxRecord);

    /// <summary>So many bytes were received into <see cref="Room"/>.</summary>
    public void Received(int count) => _end += count;

    /// <summary>Takes the next record, which stays valid until the next call of any member.</summary>
    /// <param name="type">The type that it must have.</param>
    /// <param name="record">What is behind the header; null while the record is not whole.</param>
    /// <returns>Whether what has arrived can still become such a record.</returns>
    public bool TryTake(byte type, out ArraySegment<byte>? record)
    {
        record = null;
        int held = _end - _start;
        if (held == 0)
        {
            // Room that was just made, because something has arrived, is kept.
            if (_start > 0)
            {
                Release();
            }

            return true;
        }

        ReadOnlySpan<byte> header = _bytes.AsSpan(_start, held);
        if (header[0] != type || (held >= HeaderSize && BinaryPrimitives.ReadUInt16BigEndian(header[1..]) != Version))
        {
            return false;
        }

        int length = held < HeaderSize ? 0 : BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
        if (length > MaxContent + RecordCipher.Overhead)
        {
            return false;
        }

        if (held < HeaderSize || held < HeaderSize + length)
        {
            MoveToFront();
            return true;
        }

        record = new ArraySegment<byte>(_bytes!, _start + HeaderSize, length);
        _start += HeaderSize + length;
        return true;
    }

    /// <summary>Gives the array back, with what is held.</summary>
    public void Release()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = null;
        }

        _start = 0;
        _end = 0;
    }

    private void MoveToFront()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }
    }
}
