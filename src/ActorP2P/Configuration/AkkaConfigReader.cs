using ActorP2P.Hocon;
using Akka.Configuration.Hocon;
using AkkaConfig = Akka.Configuration.Config;

namespace ActorP2P;

/// <summary>
/// Converts a configuration of Akka.NET, including its fallbacks, to a <see cref="HoconConfig"/>. It walks the tree,
/// because the text that Akka.NET renders has no escapes and no empty lists. It follows substitutions itself, because
/// Akka.NET overflows the stack, and so ends the process, when substitutions refer to each other in a circle.
/// </summary>
internal sealed class AkkaConfigReader
{
    // Akka.NET recurses too, so it could hardly have read anything nested deeper than this.
    private const int MostDepth = 200;

    private const string SelfReference =
        "refers to itself, as every ${?NAME} does once Akka.NET has read it; use HoconConfig.FromFile for such a file";

    private readonly HoconBudget _budget = new();
    private readonly List<string> _path = [];

    // An element is null while its value is being read.
    private readonly Dictionary<HoconValue, HoconElement?> _known = new(ReferenceEqualityComparer.Instance);

    private AkkaConfigReader()
    {
    }

    /// <summary>The same values in this library's type. A text of Akka.NET stays the same text.</summary>
    /// <exception cref="HoconException">
    /// The configuration is not an object, refers to itself, is nested too deep, or grows too large by its
    /// substitutions.
    /// </exception>
    public static HoconConfig Read(AkkaConfig config)
    {
        if (config.Root is not { Values.Count: > 0 } root)
        {
            return HoconConfig.Empty;
        }
        HoconElement element = new AkkaConfigReader().Read(root, 1);
        return element is HoconMap map
            ? new HoconConfig(map)
            : throw new HoconException($"The configuration of Akka.NET is {element.Kind} but must be an object.");
    }

    private HoconElement Read(HoconValue value, int depth)
    {
        if (depth > MostDepth)
        {
            throw Unreadable($"is nested deeper than {MostDepth}");
        }
        if (_known.TryGetValue(value, out HoconElement? known))
        {
            return known ?? throw Unreadable(SelfReference);
        }
        _known.Add(value, null);
        HoconElement element = Combine(value.Values, depth);
        _known[value] = element;
        return element;
    }

    /// <summary>
    /// Combines the parts of a value: to the first if it is an object, to a text if all are texts, and otherwise to a
    /// list.
    /// </summary>
    private HoconElement Combine(List<IHoconElement> parts, int depth)
    {
        var read = new List<HoconElement>(parts.Count);
        foreach (IHoconElement part in parts)
        {
            HoconElement next = Part(part, depth);
            if (read.Count == 0 && next is HoconMap)
            {
                return next;
            }
            read.Add(next);
        }
        if (read.TrueForAll(part => part is HoconText))
        {
            return Text(read);
        }
        var items = read.OfType<HoconList>().SelectMany(list => list.Items).ToList();
        _budget.Grow(items.Count);
        return read.Exists(part => part is HoconList) ? new HoconList(items) : HoconText.Null;
    }

    private HoconElement Part(IHoconElement part, int depth)
    {
        switch (part)
        {
            case HoconLiteral literal:
                return new HoconText(literal.Value ?? "");
            case HoconObject map:
                return Map(map, depth);
            case HoconArray list:
                return new HoconList(list.ConvertAll(item => Read(item, depth + 1)));
            case HoconSubstitution { ResolvedValue: { } resolved }:
                return Read(resolved, depth + 1);
            default:
                // A substitution without a value.
                return HoconText.Null;
        }
    }

    private HoconMap Map(HoconObject from, int depth)
    {
        var map = new HoconMap();
        foreach ((string key, HoconValue value) in from.Items)
        {
            _path.Add(key);
            map.Set(key, Read(value, depth + 1));
            _path.RemoveAt(_path.Count - 1);
        }
        return map;
    }

    // Akka.NET trims white space at both ends and then takes the text null as no value, quoted or not.
    private HoconText Text(List<HoconElement> parts)
    {
        string[] texts =
            [.. parts.Cast<HoconText>().Where(part => part.Type != HoconTextKind.Null).Select(part => part.Text)];
        _budget.Grow(texts.Sum(text => text.Length));
        string text = string.Concat(texts).Trim();
        return text == "null" || texts.Length == 0 ? HoconText.Null : new HoconText(text);
    }

    private HoconException Unreadable(string reason) =>
        new($"The setting {HoconPath.Render([.. _path])} of Akka.NET's configuration {reason}.");
}
