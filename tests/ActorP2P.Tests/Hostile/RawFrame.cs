using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>A frame as a raw peer has read it.</summary>
internal sealed record RawFrame(FrameHeader Header, byte[] Payload)
{
    public FrameKind Kind => Header.Kind;
}
