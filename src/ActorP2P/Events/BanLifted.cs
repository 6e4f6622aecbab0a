namespace ActorP2P;

/// <summary>A ban is over.</summary>
/// <param name="Ban">The ban.</param>
/// <param name="HasExpired">
/// Whether its time is over; false when the program has lifted it, or a full list of bans had no room for it.
/// </param>
public sealed record BanLifted(Ban Ban, bool HasExpired) : NodeEvent;
