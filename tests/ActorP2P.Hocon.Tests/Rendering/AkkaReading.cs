using System.Text.RegularExpressions;
using Akka.Configuration;
using AkkaConfig = Akka.Configuration.Config;
using AkkaValue = Akka.Configuration.Hocon.HoconValue;

namespace ActorP2P.Hocon.Tests;

/// <summary>
/// Lets Akka.NET read a rendering and compares the result: the same tree, the same texts, and the same values wherever
/// both readers convert a text. Akka.NET may throw for a form of number that it does not know, but never for one that
/// it does.
/// </summary>
internal static partial class AkkaReading
{
    private const int MostDepth = 100;

    /// <summary>Fails unless Akka.NET reads the same, or the rendering is refused for a valid reason.</summary>
    public static void AssertSame(HoconElement value)
    {
        HoconMap root = Rooted(value);
        var config = new HoconConfig(root);
        if (!IsPossible(root, 1))
        {
            string message = Assert.Throws<HoconException>(() => config.ToPlainHocon()).Message;
            Assert.StartsWith("Akka.NET cannot hold the setting ", message, StringComparison.Ordinal);
            return;
        }
        string plain = config.ToPlainHocon();
        AkkaConfig theirs = ConfigurationFactory.ParseString(plain);
        AssertSame(root, theirs.Root, []);
        AssertSameByPath(root, config, theirs, [], "");
        Assert.Equal(plain, HoconConfig.Parse(plain, Hocon.NoEnvironment).ToPlainHocon());
    }

    /// <summary>The configuration that Akka.NET reads from the rendering.</summary>
    public static AkkaConfig Of(HoconConfig config) => ConfigurationFactory.ParseString(config.ToPlainHocon());

    /// <summary>
    /// Whether Akka.NET can hold the value. docs/configuration.md lists the values that it cannot hold.
    /// </summary>
    private static bool IsPossible(HoconElement value, int depth) => value switch
    {
        HoconMap map => depth <= MostDepth && Enumerable.Range(0, map.Count).All(
            i => !map.KeyAt(i).Contains('"') && IsPossible(map.ValueAt(i), depth + 1)),
        HoconList list => depth <= MostDepth && list.Items.All(item => IsPossible(item, depth + 1)),
        HoconText { Type: HoconTextKind.Null } => true,
        HoconText text => text.Text != "null" && text.Text == text.Text.Trim(),
        _ => false,
    };

    private static HoconMap Rooted(HoconElement value)
    {
        if (value is HoconMap map)
        {
            return map;
        }
        var root = new HoconMap();
        root.Set("root", value);
        return root;
    }

    private static void AssertSame(HoconElement ours, AkkaValue theirs, IReadOnlyList<string> path)
    {
        string where = string.Join('/', path);
        switch (ours)
        {
            case HoconMap map:
                Assert.True(theirs.IsObject(), where);
                Assert.Equal(Enumerable.Range(0, map.Count).Select(map.KeyAt), theirs.GetObject().Items.Keys);
                for (int i = 0; i < map.Count; i++)
                {
                    AssertSame(map.ValueAt(i), theirs.GetChildObject(map.KeyAt(i)), [.. path, map.KeyAt(i)]);
                }
                break;
            case HoconList list:
                Assert.False(theirs.IsObject() || theirs.IsString(), where);
                Assert.Equal(list.Count, theirs.GetArray().Count);
                for (int i = 0; i < list.Count; i++)
                {
                    AssertSame(list[i], theirs.GetArray()[i], [.. path, $"[{i}]"]);
                }
                break;
            case HoconText { Type: HoconTextKind.Null }:
                Assert.True(theirs.IsString() && theirs.GetString() is null, where);
                break;
            default:
                Assert.True(theirs.IsString(), where);
                Assert.Equal(((HoconText)ours).Text, theirs.GetString());
                AssertSameValues(((HoconText)ours).Text, theirs);
                break;
        }
    }

    private static void AssertSameValues(string text, AkkaValue theirs)
    {
        var single = new HoconMap();
        single.Set("v", new HoconText(text));
        var ours = new HoconConfig(single);
        bool whole = WholeNumber().IsMatch(text);
        AssertEqual(text, () => ours.GetInt("v"), theirs.GetInt, whole);
        AssertEqual(text, () => ours.GetLong("v"), theirs.GetLong, whole);
        AssertEqual(text, () => ours.GetDouble("v"), theirs.GetDouble, true);
        AssertEqual(text, () => ours.GetFloat("v"), theirs.GetFloat, true);
        AssertEqual(text, () => ours.GetDecimal("v"), theirs.GetDecimal, whole);
        AssertEqual(text, () => ours.GetBoolean("v"), theirs.GetBoolean, text is "true" or "false" or "on" or "off");
        AssertEqual(text, () => ours.GetByteSize("v"), theirs.GetByteSize, Size().IsMatch(text));
        AssertEqual(text, () => ours.GetTimeSpan("v"), () => theirs.GetTimeSpan(), Duration().IsMatch(text), AreClose);
    }

    // Akka.NET computes durations as doubles and cuts them off below 100 ns; this reader computes with decimals and
    // rounds.
    private static bool AreClose(TimeSpan ours, TimeSpan theirs) =>
        Math.Abs(ours.Ticks - theirs.Ticks) <= Math.Max(1, ours.Ticks >> 50);

    private static void AssertEqual<T>(
        string text, Func<T> ours, Func<T> theirs, bool mustBeRead, Func<T, T, bool>? same = null)
    {
        T expected;
        try
        {
            expected = ours();
        }
        catch (HoconException)
        {
            // The result of Akka.NET is not checked where this reader refuses the value.
            return;
        }
        try
        {
            T actual = theirs();
            bool isSame = same?.Invoke(expected, actual) ?? Equals(expected, actual);
            Assert.True(isSame, $"'{text}' is {expected}, not {actual}");
        }
        catch (Exception refused) when (!mustBeRead
            && refused is FormatException or NotSupportedException or OverflowException)
        {
            // When Akka.NET does not know the form of a value, reading it must fail; it must not give a wrong value.
        }
    }

    private static void AssertSameByPath(
        HoconMap map, HoconConfig ours, AkkaConfig theirs, IReadOnlyList<string> keys, string theirPath)
    {
        for (int i = 0; i < map.Count; i++)
        {
            string[] path = [.. keys, map.KeyAt(i)];
            string ourPath = HoconPath.Render(path);
            string next = theirPath + (theirPath.Length == 0 ? "" : ".") + $"\"{map.KeyAt(i)}\"";
            Assert.True(theirs.HasPath(next), next);
            switch (map.ValueAt(i))
            {
                case HoconMap inner:
                    Assert.Equal(ours.GetConfig(ourPath).IsEmpty, theirs.GetConfig(next).IsEmpty);
                    AssertSameByPath(inner, ours, theirs, path, next);
                    break;
                case HoconText { Type: HoconTextKind.Null }:
                    Assert.Null(theirs.GetString(next));
                    break;
                case HoconText:
                    Assert.Equal(ours.GetString(ourPath), theirs.GetString(next));
                    break;
                case HoconList list when list.Items.All(item => item is HoconText { Type: not HoconTextKind.Null }):
                    Assert.Equal(ours.GetStringList(ourPath), theirs.GetStringList(next));
                    break;
                default:
                    break;
            }
        }
    }

    [GeneratedRegex(@"^-?[0-9]+\z")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^[0-9]+ ?(b|B|bytes?|kB|[MGTPE]B|[KMGTPE]i?|[kmgtpe]|[KMGTPE]iB"
        + "|(kilo|mega|giga|tera|peta|exa|kibi|mebi|gibi|tebi|pebi|exbi)bytes?)?\\z")]
    private static partial Regex Size();

    [GeneratedRegex(@"^(infinite|[0-9]+(\.[0-9]+)? ?(ns|nanos?|nanoseconds?|micros?|microseconds?|ms|millis?"
        + "|milliseconds?|s|seconds?|m|minutes?|h|hours?|d|days?)?)\\z")]
    private static partial Regex Duration();
}
