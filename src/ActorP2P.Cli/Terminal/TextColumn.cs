namespace ActorP2P.Cli.Terminal;

/// <summary>A column of a table of text.</summary>
/// <param name="Title">The title.</param>
/// <param name="Rank">Of two columns that do not both fit, the one with the higher rank is left out.</param>
/// <param name="IsNumber">Whether it is aligned at its right side.</param>
internal sealed record TextColumn(string Title, int Rank = 0, bool IsNumber = false);
