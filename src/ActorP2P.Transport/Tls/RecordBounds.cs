namespace ActorP2P.Transport;

/// <summary>Finds the ends of the TLS records in a stream of bytes, by their headers.</summary>
internal struct RecordBounds
{
    // One byte for the content's type, two for the version and two for the length of the rest, the high byte first.
    private const int HeaderBytes = 5;

    private long _position;
    private int _header;
    private int _length;
    private int _rest;

    /// <summary>The position in the stream at which the last record ends that has arrived whole.</summary>
    public long LastEnd { get; private set; }

    /// <summary>Takes the next bytes of the stream, which may begin and end anywhere in a record.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = 1;
            if (_rest > 0)
            {
                count = Math.Min(_rest, bytes.Length);
                _rest -= count;
            }
            else
            {
                _length = (ushort)((_length << 8) | bytes[0]);
                _header++;
                if (_header == HeaderBytes)
                {
                    _rest = _length;
                    _header = 0;
                }
            }

            _position += count;
            bytes = bytes[count..];
            LastEnd = _rest == 0 && _header == 0 ? _position : LastEnd;
        }
    }
}
