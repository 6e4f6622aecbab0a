namespace ActorP2P.Hocon;

/// <summary>A <c>${path}</c> that is not yet replaced.</summary>
/// <param name="path">The path from the root of the whole configuration.</param>
/// <param name="prefix">
/// The number of its keys that lead to the object which includes the file; the file itself has the rest.
/// </param>
/// <param name="optional">Whether it is <c>${?path}</c>.</param>
/// <param name="position">Its position.</param>
internal sealed class HoconReference(string[] path, int prefix, bool optional, HoconPosition position)
    : HoconExpression(position)
{
    public string[] Path { get; } = path;

    public int Prefix { get; } = prefix;

    public bool IsOptional { get; } = optional;

    internal override int Height => 0;

    internal override string Kind => $"${{{(IsOptional ? "?" : "")}{HoconPath.Render(Path.AsSpan(Prefix))}}}";

    internal override bool Mentions(IReadOnlyList<string> path) => Path.SequenceEqual(path);
}
