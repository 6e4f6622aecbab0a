namespace ActorP2P.Cli.Admin;

/// <summary>How often something has happened to connections for one reason.</summary>
/// <param name="What"><c>ended</c>, <c>refused</c> or <c>not dialled</c>.</param>
/// <param name="Reason">The reason's name in docs/errors.md.</param>
/// <param name="Side">The side that gave it; empty for dials.</param>
/// <param name="Count">How often.</param>
/// <param name="Last">When the last time was.</param>
internal sealed record ReasonReport(string What, string Reason, string Side, long Count, DateTimeOffset Last);
