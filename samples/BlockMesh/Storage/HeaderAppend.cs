using BlockMesh.Chain;

namespace BlockMesh.Storage;

/// <summary>How many of the offered headers were accepted.</summary>
/// <param name="Accepted">The number of accepted headers, from the first one on.</param>
/// <param name="Verdict">
/// <see cref="HeaderVerdict.Accepted"/>, or the fault of the first header that was not accepted.
/// </param>
public readonly record struct HeaderAppend(int Accepted, HeaderVerdict Verdict);
