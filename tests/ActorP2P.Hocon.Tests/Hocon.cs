using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorP2P.Hocon.Tests;

/// <summary>Shows what a text means as JSON with sorted keys.</summary>
internal static class Hocon
{
    private static readonly JsonSerializerOptions s_readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static HoconOptions NoEnvironment { get; } = new() { Environment = _ => null };

    public static HoconElement Parse(string hocon, HoconOptions? options = null) =>
        new HoconLoad(options ?? NoEnvironment).Text(hocon);

    public static string JsonOf(string hocon, HoconOptions? options = null) => JsonOf(Parse(hocon, options));

    public static string JsonOf(HoconElement value) => Canonical(value.ToString());

    public static string JsonOf(HoconConfig config) => Canonical(config.ToString());

    /// <summary>Asserts that a text has this meaning, and that its rendering for Akka.NET has it too.</summary>
    public static void Means(string json, string hocon)
    {
        HoconElement value = Parse(hocon);
        Assert.Equal(Canonical(json), JsonOf(value));
        AkkaReading.AssertSame(value);
    }

    public static string Canonical(string json) => Sorted(JsonNode.Parse(json))?.ToJsonString(s_readable) ?? "null";

    public static HoconException Refused(string hocon, HoconOptions? options = null) =>
        Assert.Throws<HoconException>(() => Parse(hocon, options));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject @object => new JsonObject(@object.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => new KeyValuePair<string, JsonNode?>(field.Key, Sorted(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
