namespace ActorP2P.Protocol;

/// <summary>The flags byte of a frame. Bits 5 to 7 are reserved and must be zero.</summary>
[Flags]
public enum FrameFlags : byte
{
    /// <summary>Lane control, a whole message, no tagged headers.</summary>
    None = 0,
    /// <summary>Bits 0 and 1: the <see cref="Lane"/>.</summary>
    LaneMask = 0b0000_0011,
    /// <summary>
    /// The first of several fragments; its payload begins with the message's total length as a varint.
    /// </summary>
    First = 0b0000_0100,
    /// <summary>More fragments of the same message follow.</summary>
    More = 0b0000_1000,
    /// <summary>Tagged headers precede the payload.</summary>
    Tagged = 0b0001_0000,
    /// <summary>Bits that no version defines yet.</summary>
    Reserved = 0b1110_0000,
}
