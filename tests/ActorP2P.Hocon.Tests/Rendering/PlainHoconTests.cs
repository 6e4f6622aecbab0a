using FsCheck;
using FsCheck.Fluent;
using AkkaConfig = Akka.Configuration.Config;
using AkkaFactory = Akka.Configuration.ConfigurationFactory;
using AkkaValue = Akka.Configuration.Hocon.HoconValue;

namespace ActorP2P.Hocon.Tests;

/// <summary>Akka.NET reads what is rendered for it with the same meaning.</summary>
public sealed class PlainHoconTests
{
    private static readonly string[] s_letters =
    [
        "a", "B", "0", "7", ".", "-", "_", " ", "\t", "\n", "\r\n", "\"", "\"\"\"", "\\", "\\n", "\\u0041", "/", "//",
        "#", "${", "${?a}", "}", "{", "[", "]", ",", ":", "=", "+=", "'", "$", "!", "@", "^", "&", "*", "?", "`",
        "\0", "\u0001", "\u001f", "\u007f", "\u0085", "\u00a0", "\u2028", "\u3000", "\ufeff", "\ufffe", "é", "漢", "😀",
        "\ud83d", "\ude00", "include", "null", "true", "off",
    ];

    private static readonly string[] s_words =
    [
        "", "null", "true", "false", "on", "off", "yes", "no", "0", "-0", "1", "-1", "007", "2147483647",
        "2147483648", "-2147483648", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
        "79228162514264337593543950335", "0.1", "-1.50", "1e3", "1E+3", "1.7976931348623157E308", "5E-324", "1e400",
        "3.4028235E+38", "10 ns", "10us", "1500 micros", "1.5 ms", "250ms", "1.1 s", "10 seconds", "5m", "2 hours",
        "3d", "10675199 d", "infinite", "64B", "1 kB", "64KiB", "2M", "1.5 MiB", "1GB", "7 EiB", "1 week",
        "include \"x\"", "${a}", "${?b}", "akka://sys@host:9000/user", "ActorP2P.Hocon.HoconConfig, ActorP2P.Hocon",
        "a // b # c", "\\", "\"",
    ];

    private static Gen<string> Letters => Gen.Elements(s_letters).ListOf().Resize(8).Select(string.Concat);

    private static Gen<HoconElement> Single => Gen.Frequency(
        (3, Letters.Select(text => (HoconElement)new HoconText(text.Trim()))),
        (3, Gen.Elements(s_words).Select(text => (HoconElement)HoconText.FromUnquoted(text, 0, text.Length))),
        (1, Letters.Select(text => (HoconElement)new HoconText(text))));

    [Fact]
    public void Akka_reads_the_same_of_any_document() =>
        Prop.ForAll(Gen.Sized(size => Map(Math.Min(size, 60))).ToArbitrary(), AkkaReading.AssertSame)
            .Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void Akka_merges_fallbacks_as_we_do() =>
        Prop.ForAll(Gen.Sized(size => Map(Math.Min(size, 20)).Two()).ToArbitrary(), pair =>
        {
            var over = new HoconConfig(Held((HoconMap)pair.Item1));
            var under = new HoconConfig(Held((HoconMap)pair.Item2));
            AkkaConfig merged = AkkaReading.Of(over).WithFallback(AkkaReading.Of(under));
            Assert.Equal(Lines(AkkaReading.Of(over.WithFallback(under))), Lines(merged));
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("ns nano nanos nanosecond nanoseconds")]
    [InlineData("micro micros microsecond microseconds")]
    [InlineData("ms milli millis millisecond milliseconds")]
    [InlineData("s second seconds")]
    [InlineData("m minute minutes")]
    [InlineData("h hour hours")]
    [InlineData("d day days")]
    public void Akka_reads_the_same_duration(string units) => Assert.All(units.Split(' '), unit =>
        Assert.All(new[] { $"0{unit}", $"7 {unit}", $"1500{unit}", $"2.5 {unit}" }, text =>
        {
            HoconConfig ours = HoconConfig.Parse($"a = {text}");
            Assert.Equal(ours.GetTimeSpan("a"), AkkaReading.Of(ours).GetTimeSpan("a"));
        }));

    [Theory]
    [InlineData("b B byte bytes")]
    [InlineData("kB kilobyte kilobytes k K Ki KiB kibibyte kibibytes")]
    [InlineData("MB megabyte megabytes m M Mi MiB mebibyte mebibytes")]
    [InlineData("GB gigabyte gigabytes g G Gi GiB gibibyte gibibytes")]
    [InlineData("TB terabyte terabytes t T Ti TiB tebibyte tebibytes")]
    [InlineData("PB petabyte petabytes p P Pi PiB pebibyte pebibytes")]
    [InlineData("EB exabyte exabytes e E Ei EiB exbibyte exbibytes")]
    public void Akka_reads_the_same_size(string units) => Assert.All(units.Split(' '), unit =>
        Assert.All(new[] { $"0{unit}", $"7 {unit}" }, text =>
        {
            HoconConfig ours = HoconConfig.Parse($"a = {text}");
            Assert.Equal(ours.GetByteSize("a"), AkkaReading.Of(ours).GetByteSize("a"));
        }));

    [Theory]
    [InlineData("a = \" x\"", "a", "white space")]
    [InlineData("a.b = \"x\\n\"", "a.b", "white space")]
    [InlineData("a { \"b c\" = [[], [1, \"\u00a0\"]] }", "a.\"b c\"[1][1]", "white space")]
    [InlineData("a = [{ \"d.e\" = \"\"\"x\n\"\"\" }]", "a[0].\"d.e\"", "white space")]
    [InlineData("a.b.c = \"null\"", "a.b.c", "the text null")]
    [InlineData("a = [{ \"b\\\"c\" = 1 }]", "a[0].\"b\\\"c\"", "a double quote")]
    public void A_value_that_Akka_cannot_hold_is_refused_by_path(string hocon, string path, string reason)
    {
        string message = Assert.Throws<HoconException>(() => HoconConfig.Parse(hocon).ToPlainHocon()).Message;

        Assert.StartsWith($"Akka.NET cannot hold the setting {path}: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{ a = ", "}")]
    public void A_hundred_levels_are_rendered_and_no_more(string open, string close)
    {
        var anyDepth = new HoconOptions { MaxDepth = int.MaxValue };

        AkkaReading.AssertSame(Hocon.Parse(Nested(open, close, 99)));
        Assert.All([100, 1_000, 100_000], levels =>
        {
            HoconConfig deep = HoconConfig.Parse(Nested(open, close, levels), anyDepth);
            string message = Assert.Throws<HoconException>(deep.ToPlainHocon).Message;
            Assert.Contains("nested deeper than 100", message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_deepest_text_leaves_Akka_on_a_small_stack()
    {
        string plain = HoconConfig.Parse(Nested("{ a = ", "}", 99)).ToPlainHocon();
        string? read = null;
        string other = plain.Replace("\"1\"", "\"2\"", StringComparison.Ordinal);
        var small = new Thread(() => read = AkkaFactory.ParseString(plain).WithFallback(AkkaFactory.ParseString(other))
            .GetString(string.Join('.', Enumerable.Repeat("a", 100))), maxStackSize: 128 * 1024);
        small.Start();
        small.Join();

        Assert.Equal("1", read);
    }

    [Fact]
    public void A_value_that_would_be_written_a_million_times_is_refused()
    {
        string text = "a0 = [1, 2, 3, 4]\n" + string.Concat(
            Enumerable.Range(1, 60).Select(i => $"a{i} = [${{a{i - 1}}}, ${{a{i - 1}}}]\n"));

        Assert.Throws<HoconException>(() => HoconConfig.Parse(text).ToPlainHocon());
    }

    [Fact]
    public void Nothing_gives_an_empty_text_that_Akka_reads_as_nothing()
    {
        Assert.Equal("", HoconConfig.Empty.ToPlainHocon());
        Assert.True(AkkaReading.Of(HoconConfig.Empty).IsEmpty);
    }

    [Fact]
    public void The_rendering_is_quoted_and_resolved() =>
        Assert.Equal(
            "\"a\" : \"1\"\n\"b\" : {\n  \"c.d\" : [\n    \"1\",\n    {},\n    [],\n    null\n  ]\n}\n"
                + "\"e\" : \"1:2\"\n",
            HoconConfig.Parse("a = 1, b.\"c.d\" = [${a}, {}, [], null], e = ${a}\":2\"").ToPlainHocon());

    private static string Nested(string open, string close, int levels) =>
        $"a = {string.Concat(Enumerable.Repeat(open, levels))}1{string.Concat(Enumerable.Repeat(close, levels))}";

    private static Gen<HoconElement> Value(int size) => size < 2
        ? Single
        : Gen.Frequency((3, Single), (2, Map(size / 2)), (1, List(size / 2)));

    private static Gen<HoconElement> List(int size) =>
        Value(size).ListOf().Resize(Math.Min(size, 6)).Select(items => (HoconElement)new HoconList([.. items]));

    private static Gen<string> Key => Gen.OneOf(Letters, Gen.Elements(s_words), Gen.Elements("a", "b", "c"));

    private static Gen<HoconElement> Map(int size) => Key
        .SelectMany(key => Value(size).Select(value => new KeyValuePair<string, HoconElement>(key, value)))
        .ListOf().Resize(Math.Min(size, 6))
        .Select(fields =>
        {
            var map = new HoconMap();
            foreach ((string key, HoconElement value) in fields)
            {
                map.Set(key, value);
            }
            return (HoconElement)map;
        });

    /// <summary>The map without the values that Akka.NET cannot hold.</summary>
    private static HoconMap Held(HoconMap map)
    {
        var held = new HoconMap();
        for (int i = 0; i < map.Count; i++)
        {
            // At the top level Akka.NET's WithFallback takes a key for a path. A key with a dot and an empty key would
            // mislead it.
            string key = map.KeyAt(i).Replace('"', '\'').Replace('.', '-');
            held.Set(key.Length == 0 ? "empty" : key, Held(map.ValueAt(i)));
        }
        return held;
    }

    private static HoconElement Held(HoconElement value) => value switch
    {
        HoconMap map => Held(map),
        HoconList list => new HoconList([.. list.Items.Select(Held)]),
        HoconText { Type: not HoconTextKind.Null } text when text.Text.Trim() is var trimmed =>
            new HoconText(trimmed == "null" ? "" : trimmed),
        _ => value,
    };

    /// <summary>The contents of a configuration of Akka.NET in a fixed order.</summary>
    private static IEnumerable<string> Lines(AkkaConfig config) => Lines(config.Root, "").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(AkkaValue value, string path)
    {
        if (value.GetObject() is { } inner)
        {
            return inner.Items.SelectMany(field => Lines(field.Value, $"{path}/{field.Key}"))
                .Prepend($"{path} is an object");
        }
        return value.IsString()
            ? [$"{path} is {value.GetString() ?? "null"}"]
            : value.GetArray().SelectMany((item, at) => Lines(item, $"{path}[{at}]")).Prepend($"{path} is a list");
    }
}
