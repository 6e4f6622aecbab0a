namespace EmbeddedHost;

/// <summary>The key of the node that players connect to.</summary>
internal sealed class Lobby;
