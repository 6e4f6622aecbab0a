using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <summary>The session's own frames that wait to be sent. They precede all messages and need no credit.</summary>
/// <param name="maxRequests">Requests that the peer may have open here.</param>
internal sealed class ControlQueue(int maxRequests)
{
    // Requests are not the only cause of control frames: there are also refused broadcasts, pongs, and the session's
    // own few frames.
    private const int LeastCapacity = 512;

    // An honest peer has one ping open. Eight pings are a flood, and further ones are not answered.
    private const int MaxPongs = 8;

    // Twice the requests in flight. Only a peer that provokes answers and does not read them needs more.
    private readonly long _capacity = Math.Max(LeastCapacity, 2L * maxRequests);

    // Null while no frame waits: such frames are rare, and most peers are quiet.
    private Queue<ControlFrame>? _frames;
    private int _pongs;

    /// <summary>Frames that wait.</summary>
    public int Count => _frames?.Count ?? 0;

    /// <summary>Whether there was no place for a frame, so that the session must end.</summary>
    public bool IsOverflowing { get; private set; }

    public void Add(FrameKind kind, ulong id, byte[] payload)
    {
        _frames ??= new Queue<ControlFrame>();
        if (_frames.Count < _capacity)
        {
            _frames.Enqueue(new ControlFrame(kind, id, payload));
        }
        else
        {
            IsOverflowing = true;
        }
    }

    public void AddPong(ulong nonce)
    {
        if (_pongs < MaxPongs)
        {
            _pongs++;
            Add(FrameKind.Pong, nonce, []);
        }
    }

    public void AddReset(FrameKind kind, ulong id, ResetReason reason)
    {
        byte[] payload = new byte[FrameRules.ResetSize];
        payload[0] = (byte)kind;
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(1), (ushort)reason);
        Add(FrameKind.Reset, id, payload);
    }

    public void AddGoodbye(DisconnectReason reason, string detail)
    {
        // A reason that only this node can see has no code on the wire. The text may still describe it.
        DisconnectReason said = reason < DisconnectReason.ConnectionLost ? reason : DisconnectReason.OtherReason;
        Add(FrameKind.Goodbye, 0, CodedText.Encode((ushort)said, detail));
    }

    public bool TryGetFrame(out OutboundFrame frame)
    {
        if (_frames is null || !_frames.TryDequeue(out ControlFrame next))
        {
            frame = default;
            return false;
        }

        _pongs -= next.Kind == FrameKind.Pong ? 1 : 0;
        _frames = _frames.Count == 0 ? null : _frames;

        FrameHeader header = new((uint)next.Payload.Length, next.Kind, FrameFlags.None, 0, next.Id);
        frame = new OutboundFrame(header, next.Payload, default, null);
        return true;
    }

    public void Clear()
    {
        _frames = null;
        _pongs = 0;
        IsOverflowing = false;
    }

    private readonly record struct ControlFrame(FrameKind Kind, ulong Id, byte[] Payload);
}
