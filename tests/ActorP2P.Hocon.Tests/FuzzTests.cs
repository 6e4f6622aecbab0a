using System.Text;
using System.Text.Json;
using ActorP2P.Protocol.Tests.Fuzzing;

namespace ActorP2P.Hocon.Tests;

/// <summary>
/// Reads texts that a mutator makes from valid ones with the signs of HOCON, and files that the project's byte mutator
/// makes. Each is read or refused with a <see cref="HoconException"/>. What is read renders to a text that reads as the
/// same. The seed determines the whole run.
/// </summary>
public sealed class FuzzTests
{
    // This takes a second or two on an ordinary machine. Each row has another seed, so a longer run needs more rows.
    private const int Texts = 15_000;
    private const int Files = 10_000;

    private static readonly HoconOptions s_options =
        new() { Environment = _ => null, MaxDepth = 50, MaxSize = 100_000 };

    private static readonly string[] s_good =
    [
        "a = 1, b = ${a}, c { d = [1, 2, ${?x}], e = \"t\\u0041\" } { f = ${c.e} }",
        "path : \"a:b:c\"\npath : ${path}\":d\"\nl += 1\nl += ${path}\n# end",
        "foo : { a : { c : 1 } }\nfoo : ${foo.a}\nfoo : { a : 2 }\nx.y.\"z.w\" = ${foo.a} times 10.5e3 // no",
        "r: { d.x=[] }, q: ${r}, q : { d { x = [] }, c : ${q.d}, c { x : ${q.c.x}[1], x : ${q.c.x}[2] } }",
        "{\"k\" : [true, false, null, -1.5E+2, \"\\\"\\\\\"], \"o\" : {}}",
        "t = \"\"\"many\n\"lines\" \"\"\"\" , include \"x.conf\", u = a b  c\r\n v=[1\n2,3]",
        "a { b = ${?c.d}, e = ${a} }, c = ${a} { d = ${a.b} }, a = ${c}",
    ];

    private static readonly string[] s_bits =
    [
        "${", "${?", "}", "{", "[", "]", "\"", "\"\"\"", "\\", "=", "+=", ":", ",", "\n", " ", "#", "//", ".", "a", "c",
        "a.b", "${a}", "${?c}",
        "include ", "null", "true", "1", "-", "e", "\u00a0", "\ud83d", "\0", "\ufeff",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_text_is_read_or_refused(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < Texts; i++)
        {
            string text = Mutated(random);
            try
            {
                HoconElement value = Hocon.Parse(text, s_options);
                string rendered = value.ToString();
                Assert.True(rendered == Hocon.Parse(rendered, s_options).ToString(), $"seed {seed}, text {i}: {text}");
                using var json = JsonDocument.Parse(rendered);
                if (i % 4 == 0)
                {
                    // The comparison takes longer than everything else.
                    AkkaReading.AssertSame(value);
                }
            }
            catch (HoconException refused)
            {
                Assert.False(string.IsNullOrEmpty(refused.Message));
            }
            catch (Exception other) when (other is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"seed {seed}, text {i}: {text}", other);
            }
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Any_bytes_of_a_file_are_read_or_refused(int seed)
    {
        byte[][] corpus = [.. s_good.Select(Encoding.UTF8.GetBytes),
            [.. Encoding.UTF8.Preamble, .. "a = \u00e4\u20ac\ud83d\ude00"u8]];
        var random = new Random(seed);
        var mutator = new Mutator(random, corpus);
        string file = Path.GetTempFileName();
        try
        {
            for (int i = 0; i < Files; i++)
            {
                byte[] bytes = mutator.Mutate(corpus[random.Next(corpus.Length)]);
                File.WriteAllBytes(file, bytes);
                Read(file, bytes, $"seed {seed}, file {i}");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Read(string file, byte[] bytes, string which)
    {
        try
        {
            string rendered = HoconConfig.FromFile(file, s_options).ToString();
            Assert.True(rendered == HoconConfig.Parse(rendered, s_options).ToString(),
                $"{which}: {Convert.ToHexString(bytes)}");
        }
        catch (HoconException refused)
        {
            Assert.False(string.IsNullOrEmpty(refused.Message));
        }
        catch (Exception other) when (other is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{which}: {Convert.ToHexString(bytes)}", other);
        }
    }

    private static string Mutated(Random random)
    {
        var text = new StringBuilder(s_good[random.Next(s_good.Length)]);
        for (int count = random.Next(1, 8); count > 0; count--)
        {
            int at = random.Next(text.Length + 1);
            int length = Math.Min(random.Next(1, 12), text.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, s_bits[random.Next(s_bits.Length)]);
                    break;
                case 2:
                    text.Insert(random.Next(text.Length + 1), text.ToString(at, length));
                    break;
                default:
                    text.Append('\n').Append(s_good[random.Next(s_good.Length)].AsSpan(0, 8));
                    break;
            }
        }
        return text.ToString();
    }
}
