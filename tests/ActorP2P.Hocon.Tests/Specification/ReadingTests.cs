using System.Globalization;

namespace ActorP2P.Hocon.Tests.Specification;

/// <summary>
/// The sections on the conversion of numerically indexed objects to arrays, automatic type conversions, units,
/// durations, periods, sizes, and config object merging.
/// </summary>
public sealed class ReadingTests
{
    [Fact]
    public void Conversion_of_numerically_indexed_objects_to_arrays()
    {
        HoconConfig config = HoconConfig.Parse(
            """a = { "0" : "a", "1" : "b" }, b.10 = x, b.2 = y, b.no = z, b."-1" = w, c = {}, d = { x = 1 }""");
        Assert.Equal(["a", "b"], config.GetStringList("a"));
        Assert.Equal(["y", "x"], config.GetStringList("b"));
        Assert.Throws<HoconException>(() => config.GetStringList("c"));
        Assert.Throws<HoconException>(() => config.GetStringList("d"));
        Assert.False(config.AsEnumerable().First().Value.IsArray());
    }

    [Theory]
    [InlineData("a = [x] ${b}, b { 1 = z, 0 = y }", """["x","y","z"]""")]
    [InlineData("a = ${b} [x], b { 1 = z, 0 = y }", """["y","z","x"]""")]
    [InlineData("a { 0 = 1 }, a += 2", "[1,2]")]
    public void Conversion_of_numerically_indexed_objects_in_concatenations(string hocon, string json) =>
        Assert.Equal(json, Hocon.JsonOf(((HoconMap)Hocon.Parse(hocon)).Get("a")!));

    [Fact]
    public void Automatic_type_conversions()
    {
        HoconConfig config = HoconConfig.Parse(
            "n = 1.50, b = true, s = \"42\", f = \"1.5\", on = on, no = \"no\", e = 1e3, whole = 10.0, "
            + "z = null, o {}, l = [1]");
        Assert.Equal("1.50", config.GetString("n"));
        Assert.Equal("true", config.GetString("b"));
        Assert.Equal(42, config.GetInt("s"));
        Assert.Equal(42L, config.GetLong("s"));
        Assert.Equal(1.5, config.GetDouble("f"));
        Assert.Equal(1.5f, config.GetFloat("f"));
        Assert.Equal(1.5m, config.GetDecimal("f"));
        Assert.Equal(1000, config.GetInt("e"));
        Assert.Equal(10, config.GetInt("whole"));
        Assert.True(config.GetBoolean("on"));
        Assert.False(config.GetBoolean("no", true));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    public void Automatic_type_conversions_of_truths(string text, bool value)
    {
        Assert.Equal(value, HoconConfig.Parse($"a = {text}").GetBoolean("a", !value));
        Assert.Equal([value], HoconConfig.Parse($"a = [\"{text}\"]").GetBooleanList("a"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{ x = 1 }")]
    public void Null_objects_and_lists_are_never_converted_to_a_value(string value)
    {
        HoconConfig config = HoconConfig.Parse($"b.a = {value}");
        Assert.All(
            new Action[]
            {
                () => config.GetString("b.a"), () =>
                    config.GetInt("b.a"), () => config.GetLong("b.a"), () => config.GetDouble("b.a"),
                () => config.GetBoolean("b.a"), () => config.GetTimeSpan("b.a"), () => config.GetByteSize("b.a"),
                () => config.GetPeriod("b.a"),
            },
            read => Assert.Contains("b.a", Assert.Throws<HoconException>(read).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Null_is_not_the_same_as_missing()
    {
        HoconConfig config = HoconConfig.Parse("a = null");
        Assert.Equal(5, config.GetInt("missing", 5));
        Assert.Throws<HoconException>(() => config.GetInt("a", 5));
        Assert.False(config.HasPath("a"));
        Assert.False(config.HasPath("missing"));
        Assert.False(config.IsEmpty);
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("-2147483649")]
    [InlineData("1.5")]
    [InlineData("1e30")]
    [InlineData("ten")]
    [InlineData("\"\"")]
    [InlineData("0x10")]
    public void A_number_out_of_range_is_named_with_its_path(string value)
    {
        string message = Assert.Throws<HoconException>(
            () => HoconConfig.Parse($"x.y = {value}").GetInt("x.y")).Message;
        Assert.Contains("x.y", message, StringComparison.Ordinal);
        Assert.Contains(value.Trim('"'), message, StringComparison.Ordinal);
        Assert.Contains("whole number", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public void A_double_is_a_number(string value) =>
        Assert.Throws<HoconException>(() => HoconConfig.Parse($"x = {value}").GetDouble("x"));

    [Fact]
    public void Lists_name_the_item_that_does_not_fit()
    {
        HoconConfig config = HoconConfig.Parse(
            "a = [1, two], b = [1, null], c = [[1]], d = 5, e = [1.5, 2], f = [9000000000]");
        Assert.Contains(
            "a[1]", Assert.Throws<HoconException>(() => config.GetIntList("a")).Message, StringComparison.Ordinal);
        Assert.Throws<HoconException>(() => config.GetStringList("b"));
        Assert.Throws<HoconException>(() => config.GetStringList("c"));
        Assert.Throws<HoconException>(() => config.GetStringList("d"));
        Assert.Equal([1.5, 2], config.GetDoubleList("e"));
        Assert.Equal([9_000_000_000], config.GetLongList("f"));
        Assert.Empty(config.GetIntList("missing"));
        Assert.Throws<HoconException>(() => config.GetConfig("d"));
    }

    [Theory]
    [InlineData("500", 500)]
    [InlineData("\" 500 \"", 500)]
    [InlineData("10ms", 10)]
    [InlineData("10 ms", 10)]
    [InlineData("\"\\t 10 \\t ms \"", 10)]
    [InlineData("1.5 s", 1500)]
    public void Units_format(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), HoconConfig.Parse($"a = {text}").GetTimeSpan("a"));

    [Theory]
    [InlineData("ns nano nanos nanosecond nanoseconds", 0.01)]
    [InlineData("us micro micros microsecond microseconds", 10)]
    [InlineData("ms milli millis millisecond milliseconds", 1e4)]
    [InlineData("s second seconds", 1e7)]
    [InlineData("m minute minutes", 6e8)]
    [InlineData("h hour hours", 3.6e10)]
    [InlineData("d day days", 8.64e11)]
    public void Duration_format(string units, double ticks) => Assert.All(units.Split(' '), unit => Assert.Equal(
        new TimeSpan((long)(300 * ticks)), HoconConfig.Parse($"a = 300 {unit}").GetTimeSpan("a")));

    [Theory]
    [InlineData("10 S")]
    [InlineData("10 MS")]
    [InlineData("10 weeks")]
    [InlineData("s")]
    [InlineData("10 s 5")]
    [InlineData("-1 s")]
    [InlineData("1,000 s")]
    [InlineData("1e30 s")]
    [InlineData("10675200 d")]
    [InlineData("99999999999999999999999999999999 d")]
    [InlineData("\"\"")]
    public void Duration_format_refuses_what_is_none_or_overflows(string text) => Assert.Contains("duration",
        Assert.Throws<HoconException>(() => HoconConfig.Parse($"a = \"{text.Trim('"')}\"").GetTimeSpan("a")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Durations_may_be_infinite_where_that_is_allowed()
    {
        HoconConfig config = HoconConfig.Parse("a = infinite");
        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("a"));
        Assert.Throws<HoconException>(() => config.GetTimeSpan("a", allowInfinite: false));
        Assert.Equal(new TimeSpan(9_999_999), HoconConfig.Parse("a = 999999900 ns").GetTimeSpan("a"));
    }

    [Theory]
    [InlineData("5", 0, 0, 5)]
    [InlineData("5 d day days", 0, 0, 5)]
    [InlineData("2 w week weeks", 0, 0, 14)]
    [InlineData("3 m mo month months", 0, 3, 0)]
    [InlineData("-4 y year years", -4, 0, 0)]
    public void Period_format(string text, int years, int months, int days)
    {
        string[] words = text.Split(' ');
        Assert.All(words.Skip(1).DefaultIfEmpty(""), unit => Assert.Equal(
            new HoconPeriod(years, months, days), HoconConfig.Parse($"a = {words[0]}{unit}").GetPeriod("a")));
        Assert.Null(HoconConfig.Empty.GetPeriod("a"));
        Assert.Throws<HoconException>(() => HoconConfig.Parse("a = 1.5 d").GetPeriod("a"));
        Assert.Throws<HoconException>(() => HoconConfig.Parse("a = 1 h").GetPeriod("a"));
        Assert.Throws<HoconException>(() => HoconConfig.Parse("a = 9999999999 d").GetPeriod("a"));
    }

    [Theory]
    [InlineData("B b byte bytes", 0, 1)]
    [InlineData("kB kilobyte kilobytes", 1, 1000)]
    [InlineData("MB megabyte megabytes", 2, 1000)]
    [InlineData("GB gigabyte gigabytes", 3, 1000)]
    [InlineData("TB terabyte terabytes", 4, 1000)]
    [InlineData("PB petabyte petabytes", 5, 1000)]
    [InlineData("EB exabyte exabytes", 6, 1000)]
    [InlineData("ZB zettabyte zettabytes", 7, 1000)]
    [InlineData("YB yottabyte yottabytes", 8, 1000)]
    [InlineData("K k Ki KiB kibibyte kibibytes", 1, 1024)]
    [InlineData("M m Mi MiB mebibyte mebibytes", 2, 1024)]
    [InlineData("G g Gi GiB gibibyte gibibytes", 3, 1024)]
    [InlineData("T t Ti TiB tebibyte tebibytes", 4, 1024)]
    [InlineData("P p Pi PiB pebibyte pebibytes", 5, 1024)]
    [InlineData("E e Ei EiB exbibyte exbibytes", 6, 1024)]
    [InlineData("Z z Zi ZiB zebibyte zebibytes", 7, 1024)]
    [InlineData("Y y Yi YiB yobibyte yobibytes", 8, 1024)]
    public void Size_in_bytes_format(string units, int power, long factor) => Assert.All(units.Split(' '), unit =>
    {
        // A size above 64 bits is refused. A fraction that fits shows that the unit is known.
        decimal bytes = Enumerable.Repeat((decimal)factor, power).Aggregate(1m, (product, next) => product * next);
        decimal count = power > 6 ? 0.0000001m : 3;
        Assert.Equal((long?)decimal.Floor(bytes * count), HoconConfig
            .Parse(string.Create(CultureInfo.InvariantCulture, $"a = \"{count} {unit}\"")).GetByteSize("a"));
    });

    [Theory]
    [InlineData("1024", 1024)]
    [InlineData("1.5 KiB", 1536)]
    [InlineData("8 EiB", -1)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775808", -1)]
    [InlineData("1 YiB", -1)]
    [InlineData("KB", -1)]
    [InlineData("1 KB", -1)]
    [InlineData("1 kiB", -1)]
    [InlineData("1 kb", -1)]
    [InlineData("-1 B", -1)]
    [InlineData("1 MiBs", -1)]
    public void Size_in_bytes_format_at_its_bounds(string text, long bytes)
    {
        HoconConfig config = HoconConfig.Parse($"a = {text}");
        if (bytes >= 0)
        {
            Assert.Equal(bytes, config.GetByteSize("a"));
        }
        else
        {
            Assert.Contains("size in bytes", Assert.Throws<HoconException>(() => config.GetByteSize("a")).Message,
                StringComparison.Ordinal);
        }
        Assert.Null(config.GetByteSize("b"));
        Assert.Equal(7, config.GetByteSize("b", 7));
    }

    [Fact]
    public void Config_object_merging_and_file_merging()
    {
        HoconConfig x = HoconConfig.Parse("a : { x : 1 }");
        HoconConfig number = HoconConfig.Parse("a : 42");
        HoconConfig y = HoconConfig.Parse("a : { y : 2 }");
        Assert.Equal("""{"a":{"x":1}}""", Hocon.JsonOf(x.WithFallback(number.WithFallback(y))));
        Assert.Equal("""{"a":{"x":1,"y":2}}""", Hocon.JsonOf(x.WithFallback(y).WithFallback(number)));
        Assert.Equal("""{"a":null}""", Hocon.JsonOf(HoconConfig.Parse("a = null").WithFallback(y)));
        Assert.Equal("""{"a":{"x":1}}""", Hocon.JsonOf(x));
        Assert.Equal("""{"a":{"y":2}}""", Hocon.JsonOf(y));
        Assert.Equal(2, x.WithFallback(y).GetConfig("a").GetInt("y"));
    }
}
