using Akka.IO;

namespace ActorP2P;

/// <summary>What Akka.IO has read and nobody has received yet, in order. Guarded by its user's lock.</summary>
internal sealed class AkkaIoChunks
{
    private readonly Queue<ByteString> _chunks = new(2);
    private int _offset;
    private int _bytes;

    /// <summary>How many bytes there are. May be read without the lock.</summary>
    public int Bytes => Volatile.Read(ref _bytes);

    /// <summary>Puts what was read behind the rest.</summary>
    public void Add(ByteString chunk)
    {
        _chunks.Enqueue(chunk);
        _bytes += chunk.Count;
    }

    /// <summary>Moves the first bytes into a buffer, as many as it has room for.</summary>
    /// <returns>How many.</returns>
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
