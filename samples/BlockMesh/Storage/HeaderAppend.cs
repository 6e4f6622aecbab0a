using BlockMesh.Chain;

namespace BlockMesh.Storage;

/// <summary>How far a run of headers was taken.</summary>
/// <param name="Accepted">How many of them, from the first on.</param>
/// <param name="Verdict"><see cref="HeaderVerdict.Accepted"/>, or what is wrong with the one behind those.</param>
public readonly record struct HeaderAppend(int Accepted, HeaderVerdict Verdict);
