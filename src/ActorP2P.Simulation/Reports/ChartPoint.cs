namespace ActorP2P.Simulation;

/// <summary>A point of a chart, in the units of its axes.</summary>
internal readonly record struct ChartPoint(double X, double Y);
