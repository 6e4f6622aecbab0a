namespace ActorP2P.Transport;

/// <summary>What a <see cref="FrameConnection"/> may be doing when it is asked to close.</summary>
[Flags]
internal enum Activities
{
    None = 0,
    /// <summary>A receive is under way, its bytes are being handled, or reading is paused.</summary>
    Reading = 1,
    /// <summary>A send is under way, or its end is being handled.</summary>
    Sending = 2,
    /// <summary>The owner is being told of room.</summary>
    TellingRoom = 4,
    /// <summary>Beside <see cref="TellingRoom"/>: there was room once more, so the owner is told again.</summary>
    TellRoomAgain = 8,
}
