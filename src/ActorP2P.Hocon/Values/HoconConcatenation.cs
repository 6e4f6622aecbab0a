using System.Text;

namespace ActorP2P.Hocon;

/// <summary>Values written one after the other, of which at least one is a substitution.</summary>
internal sealed class HoconConcatenation(
    IReadOnlyList<HoconElement> pieces, HoconPosition position) : HoconExpression(position)
{
    public IReadOnlyList<HoconElement> Pieces { get; } = pieces;

    /// <summary>Whether it can only be an object, so that a key may be looked up piece by piece.</summary>
    public bool IsMergeOfObjects => Pieces.All(piece => piece is HoconMap or HoconText { Type: HoconTextKind.Space }
        or HoconReference { Prefix: 0 });

    internal override int Height => Pieces.Max(piece => piece.Height);

    internal override string Kind => "a concatenation";

    internal override bool Mentions(IReadOnlyList<string> path) =>
        Pieces.Any(piece => piece is HoconReference substitution && substitution.Mentions(path));

    /// <summary>Joins known values: texts to a text, lists to a list, objects to an object.</summary>
    /// <param name="values">The values, in order.</param>
    /// <param name="fresh">Whether nothing else refers to the values, so that they may be changed.</param>
    /// <param name="position">Their position.</param>
    /// <param name="budget">The bounds of the load.</param>
    /// <returns>Null when there is no value.</returns>
    public static HoconElement? Join(
        IReadOnlyList<HoconElement> values, bool fresh, HoconPosition position, HoconBudget budget)
    {
        if (values.Count <= 1)
        {
            // A single space is from here on a text like any other.
            return values.Count == 0
                ? null
                : values[0] is HoconText { Type: HoconTextKind.Space } space ? new HoconText(space.Text) : values[0];
        }
        if (!values.Any(value => value is HoconMap or HoconList))
        {
            return JoinTexts(values, budget);
        }
        HoconElement? joined = null;
        foreach (HoconElement value in values)
        {
            // Unquoted space has no meaning between objects and lists. Any other text cannot be joined with them.
            if (value is HoconText { Type: HoconTextKind.Space })
            {
                continue;
            }
            joined = joined is null ? value : JoinTwo(joined, value, fresh, budget) ?? throw position.Error(
                $"{joined.Kind} and {value.Kind} cannot be joined: only texts with texts, lists with lists, "
                + "objects with objects");
        }
        return joined;
    }

    private static HoconElement? JoinTwo(HoconElement left, HoconElement right, bool fresh, HoconBudget budget) =>
        (left, right) switch
    {
        (HoconMap under, HoconMap over) when fresh => HoconMerge.AssignAll(under, over),
        (HoconMap under, HoconMap over) => HoconMerge.Over(over, under, budget),
        (HoconList first, HoconList second) => first.Append(second, budget),
        (HoconMap numbered, HoconList second) => numbered.AsList()?.Append(second, budget),
        (HoconList first, HoconMap numbered) => numbered.AsList() is { } second ? first.Append(second, budget) : null,
        _ => null,
    };

    private static HoconText JoinTexts(IReadOnlyList<HoconElement> values, HoconBudget budget)
    {
        var text = new StringBuilder();
        foreach (HoconElement value in values)
        {
            ReadOnlySpan<char> piece = ((HoconText)value).Span;
            budget.Grow(piece.Length);
            text.Append(piece);
        }
        return new HoconText(text.ToString());
    }
}
