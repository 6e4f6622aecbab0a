using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ActorP2P.Hocon;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Parses a JSON text as HOCON. The baseline parses the same text with System.Text.Json into the same tree of
/// dictionaries, lists and strings.
/// </summary>
internal sealed class HoconMeasure : Measure
{
    private readonly string _text;

    public HoconMeasure(int mebibytes)
    {
        _text = Document(mebibytes * 1024 * 1024);
        Names = [$"hocon-{mebibytes}MiB-MB/s"];
    }

    public override IReadOnlyList<string> Names { get; }

    public override TimeSpan WarmUp => TimeSpan.FromMilliseconds(500);

    public override Task<double[]> NodeAsync() => Sample(() => HoconConfig.Parse(_text));

    public override Task<double[]> RawAsync() => Sample(() =>
    {
        using JsonDocument document = JsonDocument.Parse(_text);
        return Tree(document.RootElement);
    });

    private Task<double[]> Sample(Func<object> read)
    {
        // The garbage of the previous sample must not be collected within this one.
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        GC.KeepAlive(read());
        return Task.FromResult<double[]>([_text.Length / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds]);
    }

    private static string Document(int length)
    {
        StringBuilder text = new("{");
        for (int i = 0; text.Length < length; i++)
        {
            text.Append(i > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $$"""
                "peer-{{i}}": { "address": "10.{{i >> 16}}.{{(i >> 8) & 255}}.{{i & 255}}:9000",
                  "weight": {{i * 37 % 1000}}.5, "tags": ["a", "b\n", true, null] }
                """);
        }

        return text.Append('}').ToString();
    }

    private static object Tree(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(field => field.Name, field => Tree(field.Value)),
        JsonValueKind.Array => element.EnumerateArray().Select(Tree).ToList(),
        JsonValueKind.String => element.GetString()!,
        _ => element.GetRawText(),
    };
}
