using ActorP2P.Hocon;
using AkkaConfig = Akka.Configuration.Config;
using AkkaFactory = Akka.Configuration.ConfigurationFactory;

namespace ActorP2P.Tests;

/// <summary>A configuration of Akka.NET converts to this library's with the same values.</summary>
public sealed class AkkaConfigReaderTests
{
    private static readonly string[] s_keys =
    [
        "a", "b", "c", "a.b", "with space", "", "#", "\\", "é😀", "\t\u0001", "{}", "${a}", "include", "null", "0", "1",
    ];

    private static readonly string[] s_texts =
    [
        "", "x", "1", "-1.5E+3", "true", "10 seconds", "64KiB", "a \"quoted\" word", "\\n", "line\nline",
        "http://host:80/#a", "${b}", "// no", "{", "]", ",", "=", "\"", "😀", "\ud83d", "a\0b", "NULL",
        "nulls", "\ufeff",
    ];

    [Theory]
    [InlineData("", "")]
    [InlineData("a = 1, b.c = two words, d = \"\"", "a = \"1\", b { c = two words }, d = \"\"")]
    [InlineData("a = [], b = [1, [2], {c = 3}, []], d {}", "a = [], b = [\"1\", [\"2\"], {c = \"3\"}, []], d {}")]
    [InlineData("a = null, b = \"null\", c = [null]", "a = null, b = null, c = [null]")]
    [InlineData("a = \"  x \"", "a = x")]
    [InlineData("\"a.b\" = \"\\\"\\\\\\n\\u0041\", \"c d\" { \"\" = 1 }",
        "\"a.b\" = \"\\\"\\\\\\nA\", \"c d\" { \"\" = \"1\" }")]
    [InlineData("a = 1, b = ${a}, c = [${a}], d = ${e}, e { f = ${a} }",
        "a = \"1\", b = \"1\", c = [\"1\"], d { f = \"1\" }, e { f = \"1\" }")]
    [InlineData("a = [1], b = ${a} [2]", "a = [\"1\"], b = [\"1\", \"2\"]")]
    [InlineData("a = x, b = ${a} ${a}y", "a = x, b = x xy")]
    public void A_configuration_of_Akka_is_read(string theirs, string ours)
    {
        HoconConfig read = AkkaConfigReader.Read(AkkaFactory.ParseString(theirs));

        Assert.Equal(HoconConfig.Parse(ours).ToString(), read.ToString());
    }

    [Fact]
    public void Fallbacks_are_read_too()
    {
        AkkaConfig config = AkkaFactory.ParseString("a { b = 1 }")
            .WithFallback(AkkaFactory.ParseString("a { b = 2, c = 3 }"))
            .WithFallback(AkkaFactory.ParseString("a { c = 4 }\nd = [5]"));

        HoconConfig read = AkkaConfigReader.Read(config);

        Assert.Equal(1, read.GetInt("a.b"));
        Assert.Equal(3, read.GetInt("a.c"));
        Assert.Equal([5], read.GetIntList("d"));
        Assert.Equal(3, AkkaConfigReader.Read(config.GetConfig("a")).GetInt("c"));
    }

    [Fact]
    public void An_empty_configuration_is_empty()
    {
        Assert.True(AkkaConfigReader.Read(new AkkaConfig()).IsEmpty);
        Assert.True(AkkaConfigReader.Read(AkkaConfig.Empty).IsEmpty);
    }

    [Theory]
    [InlineData("a = ${b}, b = ${a}", "a")]
    [InlineData("a { \"b.c\" = ${a} }", "a.\"b.c\"")]
    [InlineData("a { b = ${?ACTORP2P_NO_SUCH_NAME} }", "a.b")]
    public void A_self_reference_is_refused_by_path(string theirs, string path)
    {
        AkkaConfig config = AkkaFactory.ParseString(theirs);

        string message = Assert.Throws<HoconException>(() => AkkaConfigReader.Read(config)).Message;

        string expected = $"The setting {path} of Akka.NET's configuration refers to itself";
        Assert.StartsWith(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Substitutions_that_double_each_other_are_refused()
    {
        static string Doubling(string first, string next) => $"a0 = {first}\n" + string.Concat(
            Enumerable.Range(1, 60).Select(i => $"a{i} = {string.Format(null, next, $"${{a{i - 1}}}")}\n"));

        AkkaConfig texts = AkkaFactory.ParseString(Doubling("0123456789", "{0}{0}"));
        Assert.Contains("grows past", Assert.Throws<HoconException>(
            () => AkkaConfigReader.Read(texts)).Message, StringComparison.Ordinal);
        AkkaConfig lists = AkkaFactory.ParseString(Doubling("[1, 2]", "{0}{0}"));
        Assert.Contains("grows past", Assert.Throws<HoconException>(
            () => AkkaConfigReader.Read(lists)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_that_is_too_deep_is_refused()
    {
        AkkaConfig config = AkkaFactory.ParseString(
            "a = " + string.Concat(Enumerable.Repeat("{ a = ", 200)) + "1" + new string('}', 200));

        string message = Assert.Throws<HoconException>(() => AkkaConfigReader.Read(config)).Message;

        Assert.Contains("nested deeper than 200", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_as_the_root_is_refused()
    {
        AkkaConfig config = AkkaFactory.ParseString("a = [1]").GetConfig("a");

        Assert.Contains("is a list but must be an object", Assert.Throws<HoconException>(
            () => AkkaConfigReader.Read(config)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_rendering_for_Akka_reads_back(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++)
        {
            string text = Object(random, 1);
            string plain = HoconConfig.Parse(text).ToPlainHocon();

            string back = AkkaConfigReader.Read(AkkaFactory.ParseString(plain)).ToPlainHocon();

            Assert.True(plain == back, $"seed {seed}, document {i}: {text}");
        }
    }

    private static string Object(Random random, int depth)
    {
        IEnumerable<string> fields = Enumerable.Range(0, random.Next(5))
            .Select(_ => $"{Quoted(s_keys[random.Next(s_keys.Length)])} : {Value(random, depth + 1)}");
        return "{" + string.Join(", ", fields) + "}";
    }

    private static string Value(Random random, int depth) => random.Next(depth > 5 ? 7 : 10) switch
    {
        < 6 => Quoted(s_texts[random.Next(s_texts.Length)]),
        6 => "null",
        7 => "[" + string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))) + "]",
        _ => Object(random, depth + 1),
    };

    // The serializer would replace an unpaired surrogate by the replacement character.
    private static string Quoted(string text) =>
        text == "\ud83d" ? "\"\\ud83d\"" : System.Text.Json.JsonSerializer.Serialize(text);
}
