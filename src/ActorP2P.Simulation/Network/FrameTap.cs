using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// Follows one direction of a connection and splits it into frames, of which it keeps the beginnings only.
/// </summary>
/// <param name="end">An end of the connection.</param>
/// <param name="isIncoming">Whether it follows what the end receives; otherwise what it sends.</param>
internal sealed class FrameTap(SimulatedConnection end, bool isIncoming)
{
    // Enough for the head of a broadcast after a fragment's total, and for the reason and text of a goodbye.
    private const int KeptPayload = 64;

    private readonly byte[] _start = new byte[FrameHeader.Size + KeptPayload];
    private readonly HashSet<(FrameKind Kind, ulong Id)> _begun = [];
    private long _seen;
    private FrameHeader _header;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            long whole = _seen < FrameHeader.Size ? FrameHeader.Size : FrameHeader.Size + (long)_header.Length;
            int count = (int)Math.Min(bytes.Length, whole - _seen);
            int kept = (int)Math.Clamp(_start.Length - _seen, 0, count);
            bytes[..kept].CopyTo(_start.AsSpan((int)Math.Min(_seen, _start.Length)));
            _seen += count;
            bytes = bytes[count..];
            if (_seen == FrameHeader.Size)
            {
                _header = FrameHeader.Read(_start);
            }

            if (_seen >= FrameHeader.Size && _seen == FrameHeader.Size + (long)_header.Length)
            {
                Show();
            }
        }
    }

    private void Show()
    {
        int payload = (int)Math.Min(KeptPayload, _header.Length);
        _seen = 0;
        (SimulatedHost source, SimulatedHost destination) = isIncoming
            ? (end.OtherHost, end.Host)
            : (end.Host, end.OtherHost);
        WireFrame frame = new(
            end.Network.Now, end.Number / 2, source.Name, destination.Name, end.IsInitiator != isIncoming,
            BeginsMessage(), _header, _start.AsMemory(FrameHeader.Size, payload));
        end.Network.Show(source, destination, isIncoming, frame);
    }

    /// <summary>
    /// Whether a frame begins a message. A last fragment has no mark; only earlier fragments tell it from a whole
    /// message.
    /// </summary>
    private bool BeginsMessage()
    {
        bool more = (_header.Flags & FrameFlags.More) != 0;
        if (!more && _begun.Count == 0)
        {
            return true;
        }

        bool continues = (_header.Flags & FrameFlags.First) == 0 && _begun.Contains((_header.Kind, _header.Id));
        if (more)
        {
            _begun.Add((_header.Kind, _header.Id));
        }
        else
        {
            _begun.Remove((_header.Kind, _header.Id));
        }

        return !continues;
    }
}
