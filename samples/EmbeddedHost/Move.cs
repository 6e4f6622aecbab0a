namespace EmbeddedHost;

/// <summary>A player makes a move.</summary>
internal sealed record Move(string Text);
