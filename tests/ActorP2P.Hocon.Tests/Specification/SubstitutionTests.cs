namespace ActorP2P.Hocon.Tests.Specification;

/// <summary>
/// The sections on substitutions, self-referential substitutions, the += field separator, and the fallback to
/// environment variables.
/// </summary>
public sealed class SubstitutionTests
{
    [Theory]
    [InlineData("animal.favorite = cat, key : ${animal.favorite} is my favorite animal", "key",
        "\"cat is my favorite animal\"")]
    [InlineData("animal.favorite = cat, key : ${animal.favorite}\" is my favorite animal\"", "key",
        "\"cat is my favorite animal\"")]
    [InlineData("key : \"${x}\", x = 1", "key", "\"${x}\"")]
    [InlineData("key : ${x}, x = 1, x = 2", "key", "2")]
    [InlineData("key : ${x}, x = [1, {y : true}]", "key", """[1,{"y":true}]""")]
    [InlineData("key : ${x}, x = null", "key", "null")]
    [InlineData("key : a${x}b, x = null", "key", "\"anullb\"")]
    [InlineData("key : ${ x }, x = 1", "key", "1")]
    [InlineData("key : ${\"a.b\"}, \"a.b\" = 1", "key", "1")]
    [InlineData("key : ${x.y}, x { y = ${z} }, z = 3", "key", "3")]
    public void Substitutions(string hocon, string key, string json) =>
        Assert.Equal(Hocon.Canonical(json), Hocon.JsonOf(((HoconMap)Hocon.Parse(hocon)).Get(key)!));

    [Theory]
    [InlineData("a = 42, a = ${?missing}", """{"a":42}""")]
    [InlineData("a = { b : 42 }, a = ${?missing}", """{"a":{"b":42}}""")]
    [InlineData("a = [1, ${?missing}, 2]", """{"a":[1,2]}""")]
    [InlineData("a = x${?missing}y", """{"a":"xy"}""")]
    [InlineData("a = { b : 1 } ${?missing}", """{"a":{"b":1}}""")]
    [InlineData("a = [1] ${?missing}", """{"a":[1]}""")]
    [InlineData("foo : ${?bar}", "{}")]
    [InlineData("foo : ${?bar}${?baz}", "{}")]
    [InlineData("foo : ${?bar} ${?baz}", """{"foo":" "}""")]
    [InlineData("a : ${?b}, b : ${?c}, c : ${?d}", "{}")]
    [InlineData("a = \"\"${?b}", """{"a":""}""")]
    public void Substitutions_that_are_optional_leave_no_trace(string hocon, string json) => Hocon.Means(json, hocon);

    [Theory]
    [InlineData("a = ${missing}")]
    [InlineData("a = ${b.c}, b = 1")]
    [InlineData("a = ${ ?b}, b = 1")]
    [InlineData("a = $b")]
    [InlineData("a = ${b")]
    [InlineData("a = ${}")]
    [InlineData("a = ${?}")]
    [InlineData("a = ${${b}}, b = c, c = 1")]
    [InlineData("${a} = 1")]
    [InlineData("a = ${b}, a = { c : 42 }")]
    public void Substitutions_that_find_nothing_or_are_malformed_are_errors(string hocon) => Hocon.Refused(hocon);

    [Theory]
    [InlineData("path : \"a:b:c\"\npath : ${path}\":d\"", """{"path":"a:b:c:d"}""")]
    [InlineData("foo : { a : 1 }\nfoo : ${foo}", """{"foo":{"a":1}}""")]
    [InlineData("foo : ${?foo}", "{}")]
    [InlineData("foo : ${does-not-exist}\nfoo : 42", """{"foo":42}""")]
    [InlineData("foo : ${foo}, foo : 42", """{"foo":42}""")]
    [InlineData("foo : { a : { c : 1 } }\nfoo : ${foo.a}\nfoo : { a : 2 }", """{"foo":{"a":2,"c":1}}""")]
    [InlineData("bar : { foo : 42, baz : ${bar.foo} }", """{"bar":{"foo":42,"baz":42}}""")]
    [InlineData("bar : { foo : 42, baz : ${bar.foo} }\nbar : { foo : 43 }", """{"bar":{"foo":43,"baz":43}}""")]
    [InlineData("bar : { a : ${foo.d}, b : 1 }\nbar.b = 3\nfoo : { c : ${bar.b}, d : 2 }\nfoo.d = 4",
        """{"bar":{"a":4,"b":3},"foo":{"c":3,"d":4}}""")]
    [InlineData("a = ${?a}foo", """{"a":"foo"}""")]
    [InlineData("a : 1, b : 2, a : ${b}, b : ${a}", """{"a":1,"b":1}""")]
    [InlineData("a=1, a=${a}x, a=${a}y, a=${a}z", """{"a":"1xyz"}""")]
    [InlineData("a=1, a=${a}, a=2", """{"a":2}""")]
    [InlineData("a={b=5}, a=${a}, a={c=6}", """{"a":{"b":5,"c":6}}""")]
    [InlineData("a=1, a=${?a}foo${?a}", """{"a":"1foo1"}""")]
    [InlineData("a.b.c=1, a.b.c=${a.b.c}", """{"a":{"b":{"c":1}}}""")]
    public void Self_referential_substitutions(string hocon, string json) => Hocon.Means(json, hocon);

    [Theory]
    [InlineData("a : ${a}")]
    [InlineData("a : ${a}bc")]
    [InlineData("foo : ${foo}\nfoo : { a : 1 }")]
    [InlineData("a : { b : ${a} }")]
    [InlineData("a : [${a}]")]
    [InlineData("a = 1, a = [${a}, 2]")]
    [InlineData("bar : ${foo}\nfoo : ${bar}")]
    [InlineData("a : ${b}\nb : ${c}\nc : ${a}")]
    public void A_self_reference_without_an_earlier_value_is_a_cycle(string hocon) =>
        Assert.Contains("cycle", Hocon.Refused(hocon).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a += b", """{"a":["b"]}""")]
    [InlineData("a = [], a += 2", """{"a":[2]}""")]
    [InlineData("a = [1], a += 2, a += [3]", """{"a":[1,2,[3]]}""")]
    [InlineData("a += { b: 1 }, a += { b: 2 }", """{"a":[{"b":1},{"b":2}]}""")]
    [InlineData("a.b.c = [1], a.b.c += 2", """{"a":{"b":{"c":[1,2]}}}""")]
    [InlineData("x { a += 1, a += 2, a += 3 }", """{"x":{"a":[1,2,3]}}""")]
    [InlineData("a = ${x}, a += ${y}, x = [1], y = 2", """{"a":[1,2],"x":[1],"y":2}""")]
    [InlineData("d { x = [] }, c : ${d}, c { x += 1, x += 2 }", """{"d":{"x":[]},"c":{"x":[1,2]}}""")]
    [InlineData("c { x: [], x : ${c.x}[1], x : ${c.x}[2] }", """{"c":{"x":[1,2]}}""")]
    [InlineData("d { x = [] }, c : ${d}, c { x : ${c.x}[1], x : ${c.x}[2] }", """{"d":{"x":[]},"c":{"x":[1,2]}}""")]
    [InlineData("r: { d.x=[] }, q: ${r}, q : { d { x = [] }, c : ${q.d}, c { x : ${q.c.x}[1], x : ${q.c.x}[2] } }",
        """{"r":{"d":{"x":[]}},"q":{"d":{"x":[]},"c":{"x":[1,2]}}}""")]
    public void The_plus_equals_field_separator(string hocon, string json) => Hocon.Means(json, hocon);

    [Theory]
    [InlineData("a = 10, a += 2")]
    [InlineData("a = abc, a += 2")]
    [InlineData("a = { x : y }, a += 2")]
    [InlineData("x = [ { a += 1 } ]")]
    [InlineData("x += { a += 1 }")]
    public void The_plus_equals_field_separator_needs_a_list_with_a_path(string hocon) => Hocon.Refused(hocon);

    [Theory]
    [InlineData("a = ${HOME_OF_TEST}", """{"a":"/here"}""")]
    [InlineData("a = ${?EMPTY_OF_TEST}", """{"a":""}""")]
    [InlineData("a = 1, a = ${?NOT_THERE}", """{"a":1}""")]
    [InlineData("HOME_OF_TEST = null, a = ${HOME_OF_TEST}", """{"HOME_OF_TEST":null,"a":null}""")]
    [InlineData("HOME_OF_TEST = mine, a = ${HOME_OF_TEST}", """{"HOME_OF_TEST":"mine","a":"mine"}""")]
    [InlineData("a = ${?home_of_test}", "{}")]
    [InlineData("a = ${with.dots}", """{"a":"yes"}""")]
    public void Substitution_fallback_to_environment_variables(string hocon, string json) =>
        Assert.Equal(Hocon.Canonical(json), Hocon.JsonOf(hocon, new HoconOptions
        {
            Environment = name =>
                name switch { "HOME_OF_TEST" => "/here", "EMPTY_OF_TEST" => "", "with.dots" => "yes", _ => null },
        }));

    [Fact]
    public void The_environment_of_the_process_is_the_default()
    {
        string name = "ACTORP2P_TEST_" + nameof(The_environment_of_the_process_is_the_default);
        Environment.SetEnvironmentVariable(name, "41");
        Assert.Equal(41, HoconConfig.Parse($"a = ${{{name}}}").GetInt("a"));
        Environment.SetEnvironmentVariable(name, null);
    }
}
