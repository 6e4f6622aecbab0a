using System.Text;

namespace ActorP2P.Hocon;

/// <summary>Values written one after the other, of which at least one is a substitution.</summary>
internal sealed class HoconConcatenation(IReadOnlyList<HoconElement> pieces, HoconPosition position) : HoconExpression(position)
{
    public IReadOnlyList<HoconElement> Pieces { get; } = pieces;

    /// <summary>True when nothing in it can make it a text or a list, so that a key may be sought piece by piece.</summary>
    public bool IsMergeOfObjects => Pieces.All(piece => piece is HoconMap or HoconText { Type: HoconTextKind.Space }
        or HoconReference { Prefix: 0 });

    internal override int Height => Pieces.Max(piece => piece.Height);

    internal override string Kind => "a concatenation";

    internal override bool Mentions(IReadOnlyList<string> path) =>
        Pieces.Any(piece => piece is HoconReference substitution && substitution.Mentions(path));

    /// <summary>Joins values that are all known: texts to a text, lists to a list, objects to an object.</summary>
    /// <param name="values">The values, in order.</param>
    /// <param name="fresh">True when nobody else holds them, so that they may be used up.</param>
    /// <param name="position">Where they stand.</param>
    /// <param name="budget">What the load may cost.</param>
    /// <returns>Null when there is no value at all.</returns>
    public static HoconElement? Join(IReadOnlyList<HoconElement> values, bool fresh, HoconPosition position, HoconBudget budget)
    {
        if (values.Count <= 1)
        {
            // Space that is left alone is a text like any other from here on.
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
            // Unquoted space means nothing between objects and lists; any other text does not go with them.
            if (value is HoconText { Type: HoconTextKind.Space })
            {
                continue;
            }
            joined = joined is null ? value : JoinTwo(joined, value, fresh, budget) ?? throw position.Error(
                $"{joined.Kind} and {value.Kind} cannot be joined: only texts with texts, lists with lists, objects with objects");
        }
        return joined;
    }

    private static HoconElement? JoinTwo(HoconElement left, HoconElement right, bool fresh, HoconBudget budget) => (left, right) switch
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
