namespace BlockMesh.Demo;

/// <summary>A column of <see cref="ReportTable"/>.</summary>
/// <param name="Title">The title of the column.</param>
/// <param name="Rank">
/// The importance of the column. If there is not enough room, all columns of the lowest rank are left out together.
/// </param>
/// <param name="Value">Returns the column's text for a node.</param>
internal sealed record ReportColumn(string Title, int Rank, Func<NodeReport, string> Value);
