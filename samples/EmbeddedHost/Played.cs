namespace EmbeddedHost;

/// <summary>A move was made somewhere in the league.</summary>
internal sealed record Played(string Move, int Number);
