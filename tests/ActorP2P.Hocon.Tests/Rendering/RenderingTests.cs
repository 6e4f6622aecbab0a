namespace ActorP2P.Hocon.Tests;

public sealed class RenderingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a = 1, b = [1, two, \"three\", null, true, 1.50, {}], c { d { e = [[], [{}]] } }")]
    [InlineData("\"quoted.key\" = \"line\\nnext\\u0000\\\"\\\\\", \"\" = \"\", 1 = \"1\", t = \"true\"")]
    [InlineData("a = ${b} {x = 1}, b { y = ${c} }, c = [1], c += 2")]
    [InlineData("half = \"\\ud83d\", other = \"\\ude00\", both = \"\\ud83d\\ude00\", turned = \"\\ude00\\ud83d\"")]
    public void A_parsed_rendering_equals_the_original(string hocon)
    {
        HoconConfig config = HoconConfig.Parse(hocon, Hocon.NoEnvironment);
        string rendered = config.ToString();
        Assert.Equal(rendered, HoconConfig.Parse(rendered, Hocon.NoEnvironment).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b \" \\ \n ${c} \u0001 \ud83d # // é")]
    public void A_quoted_key_is_one_key_and_a_quoted_text_one_text(string text)
    {
        string quoted = HoconConfig.Quote(text);

        Assert.Equal(text, HoconConfig.Parse($"{quoted} = {quoted}").GetString(quoted));
    }

    [Fact]
    public void Texts_stay_texts_and_numbers_stay_as_written() =>
        Assert.Equal(
            "{\n  \"a\" : \"1\",\n  \"b\" : 1.50,\n  \"c\" : [\n    true,\n    \"true\"\n  ],\n  \"d\" : {}\n}",
            HoconConfig.Parse("a = \"1\", b = 1.50, c = [true, \"true\"], d {}").ToString());

    [Fact]
    public void A_value_that_would_be_written_a_million_times_is_refused()
    {
        string text = "a0 = [1, 2, 3, 4]\n"
            + string.Concat(Enumerable.Range(1, 60).Select(i => $"a{i} = [${{a{i - 1}}}, ${{a{i - 1}}}]\n"));
        HoconConfig config = HoconConfig.Parse(text);
        Assert.Throws<HoconException>(() => config.GetConfig("missing").WithFallback(config).ToString());
    }
}
