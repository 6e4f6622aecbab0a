namespace EmbeddedHost;

/// <summary>Where a game is after a move.</summary>
internal sealed record Position(string Text, int Number);
