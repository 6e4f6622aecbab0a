namespace BlockMesh.Demo;

/// <summary>A column of <see cref="ReportTable"/>.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Rank">
/// How much it matters: where there is no room, those with the lowest rank are left out together.
/// </param>
/// <param name="Value">What it says of a node.</param>
internal sealed record ReportColumn(string Title, int Rank, Func<NodeReport, string> Value);
