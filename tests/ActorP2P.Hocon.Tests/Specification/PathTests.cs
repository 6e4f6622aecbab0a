namespace ActorP2P.Hocon.Tests.Specification;

/// <summary>The sections "Path expressions" and "Paths as keys".</summary>
public sealed class PathTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a.b", "a|b")]
    [InlineData("foo.bar.\"hello.world\"", "foo|bar|hello.world")]
    [InlineData("10.0foo", "10|0foo")]
    [InlineData("foo10.0", "foo10|0")]
    [InlineData("foo\"10.0\"", "foo10.0")]
    [InlineData("1.2.3", "1|2|3")]
    [InlineData("a.\"\".b", "a||b")]
    [InlineData("\"\".\"\".\"\"", "||")]
    [InlineData("true", "true")]
    [InlineData(" a .b", "a |b")]
    [InlineData(" a . b", "a | b")]
    [InlineData(" a  b", "a  b")]
    [InlineData("\".b\"", ".b")]
    [InlineData("\"a\" \"b\"", "a b")]
    [InlineData("a-c", "a-c")]
    [InlineData("-10", "-10")]
    [InlineData("/a/b", "/a/b")]
    public void Path_expressions(string path, string keys)
    {
        string[] expected = keys.Split('|');
        Assert.Equal(expected, HoconPathReader.Read(new HoconReader(new HoconSource(path))));
        var root = (HoconMap)Hocon.Parse($"x = ${{?{path}}}\n{path} = 42");
        Assert.Equal("42", Assert.IsType<HoconText>(root.Find(expected)).Text);
        Assert.Equal("42", Assert.IsType<HoconText>(root.Get("x")).Text);
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("\"\".")]
    [InlineData(".\"\"")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a${b}c")]
    public void Path_expressions_have_no_empty_keys_and_no_substitutions(string path)
    {
        Hocon.Refused($"{path} = 42");
        Hocon.Refused($"a = ${{?{path}}}");
    }

    [Theory]
    [InlineData("foo.bar : 42", """{"foo":{"bar":42}}""")]
    [InlineData("foo.bar.baz : 42", """{"foo":{"bar":{"baz":42}}}""")]
    [InlineData("a.x : 42, a.y : 43", """{"a":{"x":42,"y":43}}""")]
    [InlineData("a b c : 42", """{"a b c":42}""")]
    [InlineData("true : 42", """{"true":42}""")]
    [InlineData("3 : 42", """{"3":42}""")]
    [InlineData("3.14 : 42", """{"3":{"14":42}}""")]
    [InlineData("a.b { c = 1 }, a.b.d = 2", """{"a":{"b":{"c":1,"d":2}}}""")]
    [InlineData("a = 1, a.b = 2", """{"a":{"b":2}}""")]
    [InlineData("foo include : 42", """{"foo include":42}""")]
    [InlineData("\"include\" : 42", """{"include":42}""")]
    [InlineData("include.x : 42", """{"include":{"x":42}}""")]
    [InlineData("includes : 42", """{"includes":42}""")]
    public void Paths_as_keys(string hocon, string json) => Hocon.Means(json, hocon);

    [Fact]
    public void Paths_in_programs_follow_the_rules_of_files()
    {
        HoconConfig config = HoconConfig.Parse("a { \"b.c\" = 1, \"\" = 2, d-e = 3 }");
        Assert.Equal(1, config.GetInt("a.\"b.c\""));
        Assert.Equal(2, config.GetInt("a.\"\""));
        Assert.Equal(3, config.GetInt("a.d-e"));
        Assert.Throws<HoconException>(() => config.GetInt("a..b"));
        Assert.Throws<HoconException>(() => config.GetInt(""));
        Assert.Throws<HoconException>(() => config.GetInt("a.\"b.c\"{"));
    }
}
