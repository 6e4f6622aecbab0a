using Akka.IO;

namespace ActorP2P;

/// <summary>
/// The data that Akka.IO has read and the connection's user has not received yet, in order. The connection's lock
/// guards it.
/// </summary>
internal sealed class AkkaIoChunks
{
    private readonly Queue<ByteString> _chunks = new(2);
    private int _offset;
    private int _bytes;

    /// <summary>The number of bytes. It may be read without the lock.</summary>
    public int Bytes => Volatile.Read(ref _bytes);

    /// <summary>Adds data behind the rest.</summary>
    public void Add(ByteString chunk)
    {
        _chunks.Enqueue(chunk);
        _bytes += chunk.Count;
    }

    /// <summary>Moves as many bytes into a buffer as fit.</summary>
    /// <returns>The number of bytes moved.</returns>
    public int MoveTo(Span<byte> buffer)
    {
        int moved = 0;
        while (moved < buffer.Length && _chunks.TryPeek(out ByteString? chunk))
        {
            int count = Math.Min(buffer.Length - moved, chunk.Count - _offset);
            chunk.ToReadOnlySpan().Slice(_offset, count).CopyTo(buffer[moved..]);
            moved += count;
            _offset += count;
            if (_offset == chunk.Count)
            {
                _chunks.Dequeue();
                _offset = 0;
            }
        }

        _bytes -= moved;
        return moved;
    }
}
