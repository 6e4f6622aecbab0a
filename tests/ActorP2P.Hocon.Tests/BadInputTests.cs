using System.Text;

namespace ActorP2P.Hocon.Tests;

/// <summary>Errors in a file are reported at the right position; the reader neither crashes nor hangs.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("actorp2p-hocon-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("a = 1\nb = ${nothing}\n", 2, 5)]
    [InlineData("a = \"x\ny\"", 1, 7)]
    [InlineData("a = \"never closed", 1, 5)]
    [InlineData("\n\n  a = \"\"\"never closed\n\n", 3, 7)]
    [InlineData("a {\n  b = [1, 2\n}\n", 3, 1)]
    [InlineData("a {\n  b = 1\n", 1, 3)]
    [InlineData("a = 1 }", 1, 7)]
    [InlineData("a = [1,\n,2]", 2, 1)]
    [InlineData("a = \"\\q\"", 1, 6)]
    [InlineData("a = \"\\u12g4\"", 1, 6)]
    [InlineData("a = \"x\\", 1, 7)]
    [InlineData("a = b\nc = d ! e", 2, 7)]
    [InlineData("a..b = 1", 1, 3)]
    [InlineData("a = [1] {b : 2}", 1, 5)]
    [InlineData("x = [1]\na = ${x}\n  foo ${x}", 3, 7)]
    [InlineData("x = [1]\na = foo ${x}", 2, 5)]
    [InlineData("a = ${b}\nb = ${a}", 2, 5)]
    [InlineData("\r\na = 1\r\nb = ]\r\n", 3, 5)]
    [InlineData("a = \"\u0001\"", 1, 6)]
    [InlineData("a = 1+2", 1, 6)]
    [InlineData("a = ${b", 1, 8)]
    public void An_error_names_line_and_column(string hocon, int line, int column) =>
        Assert.Contains($"(line {line}, column {column}).", Hocon.Refused(hocon).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[")]
    [InlineData("{a:")]
    [InlineData("a{")]
    [InlineData("a.")]
    [InlineData("a=[{")]
    public void A_million_brackets_are_refused_at_the_depth_that_is_allowed(string opening)
    {
        string text = string.Concat(Enumerable.Repeat(opening, 1_000_000)) + "a";
        Assert.Contains("nested deeper than 1000 (line 1,", Hocon.Refused(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_depth_that_is_allowed_is_read_and_rendered()
    {
        var options = new HoconOptions { MaxDepth = 1_000_000 };
        string text = new string('[', 1_000_000) + new string(']', 1_000_000);
        HoconElement value = Hocon.Parse(text, options);
        Assert.Equal(1_000_000, value.Height);

        // Indentation would make the text's length quadratic, so only a less deep part is rendered.
        HoconElement less = Hocon.Parse(text[998_500..1_001_500], options);
        Assert.Equal(less.ToString(), Hocon.Parse(less.ToString(), options).ToString());

        string keys = string.Concat(Enumerable.Repeat("{a:", 100_000)) + "${?b}" + new string('}', 100_000);
        Assert.Equal(100_000, Hocon.Parse($"x={keys},x={keys}", options).Height - 1);
    }

    [Fact]
    public void A_thousand_levels_are_read_and_one_more_is_not()
    {
        Hocon.Parse(new string('[', 1_000) + new string(']', 1_000));
        Hocon.Parse(string.Join('.', Enumerable.Repeat("a", 1_000)) + " = 1");
        Hocon.Refused(new string('[', 1_001) + new string(']', 1_001));
        Hocon.Refused(string.Join('.', Enumerable.Repeat("a", 1_001)) + " = 1");
    }

    [Fact]
    public void Substitutions_cannot_nest_deeper_than_what_is_allowed()
    {
        string text = "a0 = 1\n"
            + string.Concat(Enumerable.Range(1, 1_001).Select(i => $"a{i} {{ x = ${{a{i - 1}}} }}\n"));
        Assert.Contains("nested deeper", Hocon.Refused(text).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chain_of_substitutions_may_be_as_long_as_the_text(bool forward)
    {
        const int Links = 30_000;
        IEnumerable<string> links = Enumerable.Range(1, Links).Select(i => $"a{i} = ${{a{i - 1}}}\n");
        string text = forward ? "a0 = 1\n" + string.Concat(links) : string.Concat(links.Reverse()) + "a0 = 1\n";
        Assert.Equal("1", Assert.IsType<HoconText>(((HoconMap)Hocon.Parse(text)).Get($"a{Links}")).Text);
        Hocon.Refused(text.Replace("a0 = 1", $"a0 = ${{a{Links}}}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hundred_thousand_appends_take_their_time_once()
    {
        HoconElement? list =
            ((HoconMap)Hocon.Parse(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a += {i}\n")))).Get("a");
        Assert.Equal(100_000, Assert.IsType<HoconList>(list).Count);
    }

    [Theory]
    [InlineData("\"0123456789\"", "${p}${p}")]
    [InlineData("[1, 2]", "${p} ${p}")]
    [InlineData("[1, 2]", "${p}[3]${p}")]
    public void Substitutions_that_double_each_other_are_refused(string first, string next)
    {
        string text = $"a0 = {first}\n" + string.Concat(Enumerable.Range(1, 60)
            .Select(i => $"a{i} = {next.Replace("p", $"a{i - 1}", StringComparison.Ordinal)}\n"));
        Assert.Contains("grows past", Hocon.Refused(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_longer_than_what_is_allowed_is_refused()
    {
        Assert.Contains("allowed: 10", Hocon.Refused("a = 1234567", new HoconOptions { MaxSize = 10 }).Message,
            StringComparison.Ordinal);
        string file = Write("long.conf", new string(' ', 200));
        Assert.Throws<HoconException>(() => HoconConfig.FromFile(file, new HoconOptions { MaxSize = 199 }));
        Assert.True(HoconConfig.FromFile(file, new HoconOptions { MaxSize = 200 }).IsEmpty);
        string including = Write("two.conf", "include \"long.conf\", include \"long.conf\"");
        Assert.Throws<HoconException>(() => HoconConfig.FromFile(including, new HoconOptions { MaxSize = 300 }));
    }

    [Fact]
    public void A_hundred_MiB_are_refused_without_reading_them_all()
    {
        string file = Path.Combine(_directory.FullName, "huge.conf");
        using (FileStream stream = File.Create(file))
        {
            stream.SetLength(100 * 1024 * 1024);
        }
        Assert.Contains("longer than 67108864 bytes", Assert.Throws<HoconException>(
            () => HoconConfig.FromFile(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_UTF8_is_refused_where_it_stands()
    {
        string file = Path.Combine(_directory.FullName, "bytes.conf");
        File.WriteAllBytes(file, [.. "a = 1\nb = "u8, 0xc3, 0x28, .. "\n"u8]);
        Assert.Contains($"{file}, line 2, column 5", Assert.Throws<HoconException>(
            () => HoconConfig.FromFile(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_CR_LF_are_not_part_of_values()
    {
        string file = Path.Combine(_directory.FullName, "windows.conf");
        File.WriteAllBytes(file, [.. Encoding.UTF8.Preamble, .. "a = x\r\nb = [\r\n1\r\n2\r\n]\r\n"u8]);
        Assert.Equal("""{"a":"x","b":[1,2]}""", Hocon.JsonOf(HoconConfig.FromFile(file)));
    }

    [Fact]
    public void Files_that_include_each_other_are_a_loop()
    {
        Write("a.conf", "x = 1\ninclude \"b.conf\"");
        Write("b.conf", "\n  include \"./sub/../a\"");
        string message = Assert.Throws<HoconException>(() => HoconConfig.FromFile(In("a.conf"))).Message;
        Assert.Contains("includes itself", message, StringComparison.Ordinal);
        Assert.Contains($"{In("b.conf")}, line 2, column 3", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_include_two_others_each_come_to_an_end()
    {
        for (int i = 0; i < 30; i++)
        {
            Write($"f{i}.conf", $"include \"f{i + 1}.conf\"\ninclude \"f{i + 1}.conf\"");
        }
        Assert.Contains("More than 1000 files", Assert.Throws<HoconException>(
            () => HoconConfig.FromFile(In("f0.conf"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_not_included_deeper_than_fifty()
    {
        for (int i = 0; i < 60; i++)
        {
            Write($"f{i}.conf", $"include \"f{i + 1}.conf\"");
        }
        Assert.Contains("more than 50 deep", Assert.Throws<HoconException>(
            () => HoconConfig.FromFile(In("f0.conf"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("include \"sub\"")]
    [InlineData("include \"sub.conf\"")]
    [InlineData("include file(\"sub\")")]
    public void A_directory_is_no_file_to_include(string statement)
    {
        Directory.CreateDirectory(In("sub"));
        Directory.CreateDirectory(In("sub.conf"));
        string file = Write("main.conf", "\n" + statement);
        string message = Assert.Throws<HoconException>(() => HoconConfig.FromFile(file)).Message;
        Assert.Contains("is a directory", message, StringComparison.Ordinal);
        Assert.Contains($"{file}, line 2", message, StringComparison.Ordinal);
        Assert.Throws<HoconException>(() => HoconConfig.FromFile(In("sub")));
    }

    [Fact]
    public void An_unreadable_file_and_a_missing_file_are_other_errors()
    {
        string locked = Write("locked.conf", "a = 1");
        using (new FileStream(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains("cannot be read", Assert.Throws<HoconException>(
                () => HoconConfig.FromFile(Write("main.conf", "include \"locked.conf\""))).Message,
                StringComparison.Ordinal);
        }
        Assert.Contains("There is no file", Assert.Throws<HoconException>(
            () => HoconConfig.FromFile(In("missing.conf"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_an_error_in_an_include_is_not_loaded()
    {
        Write("broken.conf", "b = 2\nc = [");
        string file = Write("main.conf", "a = 1\ninclude \"broken.conf\"\nd = 3");
        Assert.Contains($"{In("broken.conf")}, line 2, column 5", Assert.Throws<HoconException>(
            () => HoconConfig.FromFile(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_is_an_object() =>
        Assert.Throws<HoconException>(() => HoconConfig.Parse("[1]"));

    private string In(string name) => Path.Combine(_directory.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }
}
