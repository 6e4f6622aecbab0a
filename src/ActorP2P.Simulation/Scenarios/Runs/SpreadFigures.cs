namespace ActorP2P.Simulation;

/// <summary>How a world was spread.</summary>
/// <param name="Windows">The windows of the run.</param>
/// <param name="Events">The events that each member ran, by its number.</param>
public sealed record SpreadFigures(long Windows, IReadOnlyList<long> Events);
