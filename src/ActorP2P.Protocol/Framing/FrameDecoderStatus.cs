namespace ActorP2P.Protocol;

/// <summary>What <see cref="FrameDecoder"/> found at the start of the bytes.</summary>
internal enum FrameDecoderStatus
{
    /// <summary>Fewer bytes than a header.</summary>
    NeedHeader,
    /// <summary>A header, and part of its payload at most.</summary>
    NeedPayload,
    /// <summary>A header and all of its payload.</summary>
    Complete,
    /// <summary>The header states a longer payload than is allowed.</summary>
    TooLong,
}
