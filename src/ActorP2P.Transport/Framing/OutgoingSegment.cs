using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>Bytes to be sent, with one hold on the buffer that contains them.</summary>
internal readonly record struct OutgoingSegment(SharedBuffer Owner, ArraySegment<byte> Bytes)
{
    /// <summary>Whether <paramref name="next"/> begins where this one ends.</summary>
    internal bool IsFollowedBy(in OutgoingSegment next) =>
        ReferenceEquals(Owner, next.Owner) && Bytes.Offset + Bytes.Count == next.Bytes.Offset;
}
