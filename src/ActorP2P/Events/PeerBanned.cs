namespace ActorP2P;

/// <summary>
/// Somebody is banned: by penalty points, or by the program. Connections that the ban concerns are closed.
/// </summary>
/// <param name="Ban">The ban.</param>
public sealed record PeerBanned(Ban Ban) : NodeEvent;
