namespace ActorP2P.Hocon.Tests.Specification;

/// <summary>
/// The sections on duplicate keys and object merging, unquoted strings, multi-line strings, and value concatenation.
/// </summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("""{ "foo" : { "a" : 42 }, "foo" : { "b" : 43 } }""", """{"foo":{"a":42,"b":43}}""")]
    [InlineData("""{ "foo" : { "a" : 42 }, "foo" : null, "foo" : { "b" : 43 } }""", """{"foo":{"b":43}}""")]
    [InlineData("a = 10, a = 11", """{"a":11}""")]
    [InlineData("a { x = 1, y = 2 }, a { x = 42, z = 100 }", """{"a":{"x":42,"y":2,"z":100}}""")]
    [InlineData("a { b { c { x = 1 } } }, a { b { c { y = 2 } } }", """{"a":{"b":{"c":{"x":1,"y":2}}}}""")]
    [InlineData("a { b = 1 }, a = 42, a { c = 2 }", """{"a":{"c":2}}""")]
    [InlineData("a = [1], a = [2]", """{"a":[2]}""")]
    [InlineData("a { b = 1 }, a = [2]", """{"a":[2]}""")]
    public void Duplicate_keys_and_object_merging(string hocon, string json) => Hocon.Means(json, hocon);

    [Theory]
    [InlineData("truefoo", "\"truefoo\"")]
    [InlineData("footrue", "\"footrue\"")]
    [InlineData("10.0bar", "\"10.0bar\"")]
    [InlineData("bar10.0", "\"bar10.0\"")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("1e+5", "1e+5")]
    [InlineData("-", "\"-\"")]
    [InlineData("1-e3", "\"1-e3\"")]
    [InlineData("1.0.0", "\"1.0.0\"")]
    [InlineData("10e3e3", "\"10e3e3\"")]
    [InlineData("a/b", "\"a/b\"")]
    [InlineData("(42)", "\"(42)\"")]
    [InlineData("include", "\"include\"")]
    [InlineData("\\u0001", "\"\\u0001\"")]
    public void Unquoted_strings(string value, string json) =>
        Hocon.Means($$"""{"a":{{json}}}""", "a = " + value.Replace("\\u0001", "\u0001", StringComparison.Ordinal));

    [Theory]
    [InlineData("$")]
    [InlineData("]")]
    [InlineData("}")]
    [InlineData("+")]
    [InlineData("`")]
    [InlineData("^")]
    [InlineData("?")]
    [InlineData("!")]
    [InlineData("@")]
    [InlineData("*")]
    [InlineData("&")]
    [InlineData("\\")]
    [InlineData("=")]
    [InlineData(":")]
    [InlineData("10e+3e")]
    public void Unquoted_strings_have_no_forbidden_characters(string value) => Hocon.Refused($"a = x {value} ");

    [Theory]
    [InlineData("a = \"\"\"foo\"\"\"\"", "{\"a\":\"foo\\\"\"}")]
    [InlineData("a = \"\"\"foo\"\"\"\"\"", "{\"a\":\"foo\\\"\\\"\"}")]
    [InlineData("a = \"\"\"\"\"\"", "{\"a\":\"\"}")]
    [InlineData("a = \"\"\"two\nlines \\n\t\"\"\"", """{"a":"two\nlines \\n\t"}""")]
    [InlineData("a = \"\"\"\"quoted\"\"\"", """{"a":"\"quoted"}""")]
    [InlineData("a = \"\"", """{"a":""}""")]
    [InlineData("a = x \"\"\"y\"\"\" z", """{"a":"x y z"}""")]
    public void Multi_line_strings(string hocon, string json) => Hocon.Means(json, hocon);

    [Theory]
    [InlineData("a =  foo bar baz  ", """{"a":"foo bar baz"}""")]
    [InlineData("a = \"foo bar\"", """{"a":"foo bar"}""")]
    [InlineData("a = foo   \"bar\"", """{"a":"foo   bar"}""")]
    [InlineData("a = true \"xyz\" 123 null 1e5 foo", """{"a":"true xyz 123 null 1e5 foo"}""")]
    [InlineData("a = true", """{"a":true}""")]
    [InlineData("a = [ foo bar 10 ]", """{"a":["foo bar 10"]}""")]
    [InlineData("a = \"x\"\"y\"", """{"a":"xy"}""")]
    [InlineData("123 foo = 1", """{"123 foo":1}""")]
    public void String_value_concatenation(string hocon, string json) => Hocon.Means(json, hocon);

    [Theory]
    [InlineData("a = ${x}\nfoo, x = 1")]
    [InlineData("a = abc { x : y }")]
    [InlineData("a = null { x : y }")]
    [InlineData("a = abc [1, 2]")]
    [InlineData("a = abc ${x}, x = { y : z }")]
    [InlineData("a = abc ${x}, x = [1]")]
    public void Strings_are_not_joined_with_objects_lists_or_newlines(string hocon) => Hocon.Refused(hocon);

    [Theory]
    [InlineData("a : { b : 1, c : 2 }", """{"a":{"b":1,"c":2}}""")]
    [InlineData("a : { b : 1 } { c : 2 }", """{"a":{"b":1,"c":2}}""")]
    [InlineData("a : { b : 1 }\na : { c : 2 }", """{"a":{"b":1,"c":2}}""")]
    [InlineData("a : { b : { x : 1 } } { b : { y : 2 } } { b : { x : 3 } }", """{"a":{"b":{"x":3,"y":2}}}""")]
    [InlineData("a : [ 1, 2, 3, 4 ]", """{"a":[1,2,3,4]}""")]
    [InlineData("a : [ 1, 2 ] [ 3, 4 ]", """{"a":[1,2,3,4]}""")]
    [InlineData("a : [ 1, 2 ]\na : ${a} [ 3, 4 ]", """{"a":[1,2,3,4]}""")]
    [InlineData("g = { cluster-size = 6 }\neast = ${g} { name = \"east\" }",
        """{"g":{"cluster-size":6},"east":{"cluster-size":6,"name":"east"}}""")]
    [InlineData("path = [ /bin ]\npath = ${path} [ /usr/bin ]", """{"path":["/bin","/usr/bin"]}""")]
    [InlineData("a : [1,2\n] [3,4]", """{"a":[1,2,3,4]}""")]
    [InlineData("a : { b : c\n} { x : y }", """{"a":{"b":"c","x":"y"}}""")]
    [InlineData("a : ${x} [3] ${y}, x : [1,2], y : [5]", """{"a":[1,2,3,5],"x":[1,2],"y":[5]}""")]
    [InlineData("a : { b : 3 }, a : { b : 2 } ${a}", """{"a":{"b":3}}""")]
    public void Array_and_object_concatenation(string hocon, string json) => Hocon.Means(json, hocon);

    [Theory]
    [InlineData("a : [1,2]\n[3,4]")]
    [InlineData("a : { b : c }\n{ x : y }")]
    [InlineData("a : [1] { b : 2 }")]
    [InlineData("a : { b : 2 } [1]")]
    [InlineData("{ { a : 1 } : 2 }")]
    [InlineData("{ [ \"a\" ] : 2 }")]
    public void Array_and_object_concatenation_never_mixes_or_spans_newlines(string hocon) => Hocon.Refused(hocon);

    [Theory]
    [InlineData("foo = abc, bar = def, a = ${foo} ${bar}", "\"abc def\"")]
    [InlineData("foo = {x:1}, bar = {y:2}, a = ${foo} ${bar}", """{"x":1,"y":2}""")]
    [InlineData("foo = [1], bar = [2], a = ${foo} ${bar}", "[1,2]")]
    [InlineData("foo = [1], bar = [2], a = ${foo}${bar}", "[1,2]")]
    [InlineData("foo = 1, bar = {y:2}, a = ${?missing} ${bar}", """{"y":2}""")]
    public void Concatenation_with_whitespace_and_substitutions(string hocon, string json) =>
        Assert.Equal(Hocon.Canonical(json), Hocon.JsonOf(((HoconMap)Hocon.Parse(hocon)).Get("a")!));

    [Theory]
    [InlineData("foo = {x:1}, bar = {y:2}, a = ${foo}\" \"${bar}")]
    [InlineData("foo = [1], bar = [2], a = ${foo}\" \"${bar}")]
    public void Concatenation_with_quoted_whitespace_is_an_error(string hocon) => Hocon.Refused(hocon);

    [Theory]
    [InlineData("[ 1 2 3 4 ]", """["1 2 3 4"]""")]
    [InlineData("[ 1\n2\n3\n4 ]", "[1,2,3,4]")]
    [InlineData("[ [ 1, 2 ] [ 3, 4 ] ]", "[[1,2,3,4]]")]
    [InlineData("[ [ 1, 2 ]\n[ 3, 4 ] ]", "[[1,2],[3,4]]")]
    [InlineData("[ { b : c } { x : y } ]", """[{"b":"c","x":"y"}]""")]
    [InlineData("[ { b : c }\n{ x : y } ]", """[{"b":"c"},{"x":"y"}]""")]
    public void Arrays_without_commas_or_newlines(string hocon, string json) => Hocon.Means(json, hocon);

    [Fact]
    public void Arrays_without_commas_take_substitutions() => Hocon.Means(
        """{"l":["This is an unquoted string my name is Ann","Hello you","1 2","3 4"],"name":"Ann","""
        + """ "world":"you","a":1,"b":2,"x":3,"y":4}""",
        "l = [ This is an unquoted string my name is ${name}, Hello ${world}, ${a} ${b}, ${x} ${y} ]\n"
        + "name = Ann, world = you, a = 1, b = 2, x = 3, y = 4");
}
