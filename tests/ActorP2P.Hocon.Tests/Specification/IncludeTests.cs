namespace ActorP2P.Hocon.Tests.Specification;

/// <summary>
/// The sections "Includes": syntax, merging, substitution, missing and required files, formats and extensions, locating
/// resources.
/// </summary>
public sealed class IncludeTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("actorp2p-hocon-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("include \"a.conf\"")]
    [InlineData("include\"a.conf\"")]
    [InlineData("include\n\n\"a.conf\"")]
    [InlineData("include file(\"a.conf\")")]
    [InlineData("include file( \"a.conf\" )")]
    [InlineData("include required(\"a.conf\")")]
    [InlineData("include required( file( \"a.conf\" ) )")]
    [InlineData("{ include \"a.conf\", }")]
    [InlineData("include \"a\"")]
    public void Include_syntax(string statement)
    {
        Write("a.conf", "x = 1");
        Assert.Equal("""{"x":1}""", Load(statement));
    }

    [Theory]
    [InlineData("include")]
    [InlineData("include foo")]
    [InlineData("include : { a : 1 }")]
    [InlineData("include \"a.conf\" : 10")]
    [InlineData("include \"a\" \".conf\"")]
    [InlineData("include ${x}")]
    [InlineData("include required(\"a.conf\"")]
    [InlineData("include file(a.conf)")]
    [InlineData("include \"\"")]
    public void Include_syntax_takes_one_quoted_name(string statement)
    {
        Write("a.conf", "x = 1");
        Assert.Throws<HoconException>(() => Load(statement));
    }

    [Fact]
    public void Include_is_an_ordinary_word_elsewhere() =>
        Assert.Equal("""{"foo":"include","foo include":["include"]}""",
            Load("foo : include, foo include : [ include ]"));

    [Fact]
    public void Include_semantics_merging()
    {
        Write("a.conf", "x { from-include = 1, both = 1 }, y = 1, z = 1");
        Assert.Equal("""{"x":{"after":1,"before":1,"both":2,"from-include":1},"y":1,"z":3}""",
            Load("x { before = 1, both = 0 }, y = 0\ninclude \"a.conf\"\nx { after = 1, both = 2 }, z = 3"));
        Write("list.conf", "[1, 2]");
        Assert.Contains("list.conf, line 1", Assert.Throws<HoconException>(() => Load("include \"list.conf\"")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Include_semantics_substitution()
    {
        Write("foo.conf", "x : 10, y : ${x}, z : ${outer}, e : ${?ENV}, l += 1");
        Assert.Equal("""{"a":{"e":"env","l":[0,1],"x":42,"y":42,"z":5},"outer":5}""",
            Load("a { l = [0], include \"foo.conf\" }\na { x : 42 }\nouter = 5"));
        Assert.Equal("""{"a":{"e":"env","l":[1],"outer":7,"x":10,"y":10,"z":7},"outer":5}""",
            Load("a { include \"foo.conf\", outer = 7 }\nouter = 5"));
        Assert.Throws<HoconException>(() => Load("a = [ { include \"foo.conf\" } ]"));
        Write("plain.conf", "x = 1");
        Assert.Equal("""{"a":[{"x":1}]}""", Load("a = [ { include \"plain.conf\" } ]"));
    }

    [Fact]
    public void Include_semantics_substitution_through_several_files()
    {
        Write("one.conf", "b { include \"two.conf\" }, own = 1");
        Write("two.conf", "v = ${own}, w = ${c.own}, own = 2, u = ${top}");
        // The path of a substitution in an included file is first looked up below the place of the include and then
        // from the root.
        Assert.Equal("""{"a":{"b":{"own":2,"u":9,"v":2,"w":4},"own":1},"c":{"own":4},"top":9}""",
            Load("a { include \"one.conf\" }\nc { own = 4 }\ntop = 9"));
    }

    [Fact]
    public void Include_semantics_missing_files_and_required_files()
    {
        Assert.Equal("""{"a":1}""", Load("include \"missing.conf\"\na = 1\ninclude file(\"gone/missing\")"));
        Assert.Contains("line 2, column 1", Assert.Throws<HoconException>(
            () => Load("a = 1\ninclude required(\"missing.conf\")")).Message, StringComparison.Ordinal);
        Assert.Throws<HoconException>(() => Load("include required(file(\"missing\"))"));
    }

    [Fact]
    public void Include_semantics_file_formats_and_extensions()
    {
        Write("both.conf", "x = conf, y = conf");
        Write("both.json", """{ "y" : "json", "z" : "json" }""");
        Write("bare", "b = 1");
        Assert.Equal("""{"b":1,"x":"conf","y":"conf","z":"json"}""", Load("include \"both\"\ninclude \"bare\""));
        Assert.Throws<HoconException>(() => Load("include \"a.properties\""));
    }

    [Fact]
    public void Include_semantics_locating_resources()
    {
        Write("sub/one.conf", "include \"two.conf\", include \"../three.conf\"");
        Write("sub/two.conf", "two = 2");
        Write("three.conf", "three = 3");
        string absolute = Path.Combine(_directory.FullName, "three.conf").Replace(
            "\\", "\\\\", StringComparison.Ordinal);
        Assert.Equal("""{"a":{"three":3},"three":3,"two":2}""",
            Load($"include \"sub/one.conf\"\na {{ include \"{absolute}\" }}"));
    }

    [Theory]
    [InlineData("include url(\"http://localhost/a.conf\")", "url")]
    [InlineData("include required(url(\"http://localhost/a.conf\"))", "url")]
    [InlineData("include classpath(\"a.conf\")", "classpath")]
    [InlineData("include required(classpath(\"a.conf\"))", "classpath")]
    [InlineData("include package(\"a\", \"b\")", "package")]
    [InlineData("include \"https://localhost/a.conf\"", "URL")]
    public void An_include_that_is_not_supported_is_refused_by_name(string statement, string name) =>
        Assert.Contains(name, Assert.Throws<HoconException>(() => Load(statement)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_without_a_file_cannot_include_relative_names()
    {
        string file = Write("a.conf", "x = 1").Replace("\\", "\\\\", StringComparison.Ordinal);
        Assert.Equal(1, HoconConfig.Parse($"include \"{file}\"").GetInt("x"));
        Assert.Throws<HoconException>(() => HoconConfig.Parse("include \"a.conf\""));
    }

    private string Load(string text) => Hocon.JsonOf(HoconConfig.FromFile(
        Write("main.conf", text), new HoconOptions { Environment = name => name == "ENV" ? "env" : null }));

    private string Write(string name, string text)
    {
        string file = Path.Combine(_directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
