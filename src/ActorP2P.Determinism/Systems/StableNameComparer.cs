namespace ActorP2P.Determinism;

/// <summary>Compares names as strings do, with hash codes that are the same in every process.</summary>
internal sealed class StableNameComparer : IEqualityComparer<string>
{
    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode(string obj) => (int)StableHash.Of(StableName.Of(obj));
}
