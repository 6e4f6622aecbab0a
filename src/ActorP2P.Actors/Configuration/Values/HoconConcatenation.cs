using System.Text;

namespace ActorP2P.Actors;

/// <summary>Values written one after the other, of which at least one is a substitution.</summary>
internal sealed class HoconConcatenation(IReadOnlyList<HoconValue> pieces, HoconPosition position) : HoconExpression(position)
{
    public IReadOnlyList<HoconValue> Pieces { get; } = pieces;

    /// <summary>True when nothing in it can make it a text or a list, so that a key may be sought piece by piece.</summary>
    public bool IsMergeOfObjects => Pieces.All(piece => piece is HoconObject or HoconText { Type: HoconTextKind.Space }
        or HoconSubstitution { Prefix: 0 });

    internal override int Height => Pieces.Max(piece => piece.Height);

    internal override string Kind => "a concatenation";

    internal override bool Mentions(IReadOnlyList<string> path) =>
        Pieces.Any(piece => piece is HoconSubstitution substitution && substitution.Mentions(path));

    /// <summary>Joins values that are all known: texts to a text, lists to a list, objects to an object.</summary>
    /// <param name="values">The values, in order.</param>
    /// <param name="fresh">True when nobody else holds them, so that they may be used up.</param>
    /// <param name="position">Where they stand.</param>
    /// <param name="budget">What the load may cost.</param>
    /// <returns>Null when there is no value at all.</returns>
    public static HoconValue? Join(IReadOnlyList<HoconValue> values, bool fresh, HoconPosition position, HoconBudget budget)
    {
        if (values.Count <= 1)
        {
            // Space that is left alone is a text like any other from here on.
            return values.Count == 0 ? null : values[0] is HoconText { Type: HoconTextKind.Space } space ? new HoconText(space.Text) : values[0];
        }
        if (!values.Any(value => value is HoconObject or HoconList))
        {
            return JoinTexts(values, budget);
        }
        HoconValue? joined = null;
        foreach (HoconValue value in values)
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

    private static HoconValue? JoinTwo(HoconValue left, HoconValue right, bool fresh, HoconBudget budget) => (left, right) switch
    {
        (HoconObject under, HoconObject over) when fresh => HoconMerge.AssignAll(under, over),
        (HoconObject under, HoconObject over) => HoconMerge.Over(over, under, budget),
        (HoconList first, HoconList second) => first.Append(second, budget),
        (HoconObject numbered, HoconList second) => numbered.AsList()?.Append(second, budget),
        (HoconList first, HoconObject numbered) => numbered.AsList() is { } second ? first.Append(second, budget) : null,
        _ => null,
    };

    private static HoconText JoinTexts(IReadOnlyList<HoconValue> values, HoconBudget budget)
    {
        var text = new StringBuilder();
        foreach (HoconValue value in values)
        {
            ReadOnlySpan<char> piece = ((HoconText)value).Span;
            budget.Grow(piece.Length);
            text.Append(piece);
        }
        return new HoconText(text.ToString());
    }
}
