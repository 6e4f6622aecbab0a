namespace ActorP2P.Hocon;

/// <summary>A <c>${path}</c> that is not yet replaced.</summary>
/// <param name="path">The path from the root of everything.</param>
/// <param name="prefix">How many of its elements lead to the object that includes the file; the file itself wrote the rest.</param>
/// <param name="optional">True for <c>${?path}</c>.</param>
/// <param name="position">Where it stands.</param>
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
