namespace ActorP2P.Transport;

/// <summary>
/// The activities of a <see cref="FrameConnection"/> that may be in progress when it is asked to close.
/// </summary>
[Flags]
internal enum Activities
{
    None = 0,
    /// <summary>A receive is in progress, its bytes are being handled, or reading is paused.</summary>
    Reading = 1,
    /// <summary>A send is in progress, or its completion is being handled.</summary>
    Sending = 2,
    /// <summary>The owner is being notified that there is room.</summary>
    TellingRoom = 4,
    /// <summary>
    /// In addition to <see cref="TellingRoom"/>: there was room again meanwhile, so the owner must be notified once
    /// more.
    /// </summary>
    TellRoomAgain = 8,
}
