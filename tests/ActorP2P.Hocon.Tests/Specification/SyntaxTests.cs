namespace ActorP2P.Hocon.Tests.Specification;

/// <summary>
/// The sections "Unchanged from JSON", comments, omitted root braces, key-value separators, commas, and whitespace.
/// </summary>
public sealed class SyntaxTests
{
    [Theory]
    [InlineData("""{ "s" : "a\"\\\/\b\f\n\r\t\u00e4", "n" : -1.5e+3, "o" : {}, "a" : [] }""")]
    [InlineData("""{ "t" : true, "f" : false, "z" : null }""")]
    [InlineData("""[[1], [1,2], ["x", {"y" : [[]]}], []]""")]
    [InlineData("""{"a"\n:\n{"b"\n:\n1}}""")]
    [InlineData("[ \"#no comment\", \"// nor this\" ]")]
    public void Unchanged_from_JSON(string json)
    {
        string text = json.Replace("\\n:", "\n:", StringComparison.Ordinal).Replace(
            ":\\n", ":\n", StringComparison.Ordinal);
        Hocon.Means(text, text);
    }

    [Theory]
    [InlineData("# all of it\n//and this", "{}")]
    [InlineData("a = 1 # one\nb = 2 // two", """{"a":1,"b":2}""")]
    [InlineData("a # key\n: # value\n 1 // end\n", """{"a":1}""")]
    [InlineData("a = [1 # one\n, 2 // two\n]", """{"a":[1,2]}""")]
    [InlineData("a = \"# not // one\"", """{"a":"# not // one"}""")]
    [InlineData("a = x/y//z", """{"a":"x/y"}""")]
    [InlineData("{} # after", "{}")]
    public void Comments(string hocon, string json) => Hocon.Means(json, hocon);

    [Theory]
    [InlineData("", "{}")]
    [InlineData(" \n \n", "{}")]
    [InlineData("\"foo\" : 42", """{"foo":42}""")]
    [InlineData("{ a : 1 }", """{"a":1}""")]
    [InlineData("[1]", "[1]")]
    public void Omit_root_braces(string hocon, string json) => Hocon.Means(json, hocon);

    [Theory]
    [InlineData("a : 1 }")]
    [InlineData("{ a : 1")]
    [InlineData("{}{}")]
    [InlineData("{}x")]
    [InlineData("[]x")]
    [InlineData("\"only a text\"")]
    public void Omitted_root_braces_must_be_balanced(string hocon) => Hocon.Refused(hocon);

    [Theory]
    [InlineData("a = 1", """{"a":1}""")]
    [InlineData("a : 1", """{"a":1}""")]
    [InlineData("\"foo\" {}", """{"foo":{}}""")]
    [InlineData("foo { bar = 1 }", """{"foo":{"bar":1}}""")]
    [InlineData("foo\n\n{ bar = 1 }", """{"foo":{"bar":1}}""")]
    [InlineData("a =\n\n 1", """{"a":1}""")]
    public void Key_value_separator(string hocon, string json) => Hocon.Means(json, hocon);

    [Theory]
    [InlineData("{ \"foo\" }")]
    [InlineData("{ \"foo\" , true }")]
    [InlineData("{ : 10 }")]
    [InlineData("a=")]
    [InlineData("{ a= }")]
    [InlineData("a = = 1")]
    [InlineData("foo \n bar : 10")]
    [InlineData("a [1]")]
    public void Key_value_separator_needs_key_and_value(string hocon) => Hocon.Refused(hocon);

    [Theory]
    [InlineData("[1,2,3,]", "[1,2,3]")]
    [InlineData("[1\n2\n3]", "[1,2,3]")]
    [InlineData("[1,2,3\n\n , \n]", "[1,2,3]")]
    [InlineData("a : b, c : d,", """{"a":"b","c":"d"}""")]
    [InlineData("a : b\nc : d", """{"a":"b","c":"d"}""")]
    [InlineData("{ a : b  \n  , \n }", """{"a":"b"}""")]
    public void Commas(string hocon, string json) => Hocon.Means(json, hocon);

    [Theory]
    [InlineData("[1,2,3,,]")]
    [InlineData("[,1,2,3]")]
    [InlineData("[1,,2,3]")]
    [InlineData("[,]")]
    [InlineData("{ a : 1,, }")]
    [InlineData("{ , a : 1 }")]
    [InlineData("{ a : 1,, b : 2 }")]
    [InlineData("a : {} b : 1")]
    [InlineData("{ \"foo\" : true \"bar\" : false }")]
    public void Commas_come_one_at_a_time(string hocon) => Hocon.Refused(hocon);

    [Theory]
    [InlineData('\u00a0')]
    [InlineData('\u2007')]
    [InlineData('\u202f')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    [InlineData('\u3000')]
    [InlineData('\ufeff')]
    [InlineData('\t')]
    [InlineData('\v')]
    [InlineData('\f')]
    [InlineData('\r')]
    [InlineData('\u001c')]
    [InlineData('\u001d')]
    [InlineData('\u001e')]
    [InlineData('\u001f')]
    public void Whitespace(char space)
    {
        Hocon.Means("""{"a":["b"]}""", $"{space}a{space}={space}[{space}b{space}]{space}");
        // Only the ASCII newline separates elements.
        Assert.Equal(
            $"1{space}2", Assert.IsType<HoconText>(Assert.IsType<HoconList>(Hocon.Parse($"[1{space}2]"))[0]).Text);
    }

    [Fact]
    public void Whitespace_of_Windows_line_ends() =>
        Hocon.Means("""{"a":1,"b":[1,2]}""", "a = 1\r\nb = [\r\n1\r\n2\r\n]\r\n");
}
