namespace ActorP2P.Simulation;

/// <summary>A place on the horizontal axis that a chart marks.</summary>
internal readonly record struct ChartMark(double X, string Text);
