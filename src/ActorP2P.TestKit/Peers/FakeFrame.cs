using ActorP2P.Protocol;

namespace ActorP2P.TestKit;

/// <summary>A frame that a fake peer has read.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Payload">Its payload.</param>
public sealed record FakeFrame(FrameHeader Header, byte[] Payload)
{
    /// <summary>The kind of the frame.</summary>
    public FrameKind Kind => Header.Kind;
}
