using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ActorP2P.Hocon.Tests;

/// <summary>Every JSON text is HOCON with the same meaning, which System.Text.Json defines.</summary>
public sealed class JsonSupersetTests
{
    // Letters with a meaning in HOCON, in JSON or in encodings, and ordinary ones.
    private static readonly string[] s_letters =
    [
        "a", "b", "Z", "0", "9", ".", "-", "+", "$", "{", "}", "[", "]", ":", "=", ",", "#", "//", "`", "^", "?", "!",
        "@", "*", "&",
        " ", "  ", "\\\\", "\\\"", "\\/", "\\n", "\\t", "\\u0000", "\\u00e9", "\\ud83d\\ude00", "é", "😀", "\u00a0",
        "\ufeff", "\u2028",
        "${x}", "include", "null", "\u007f",
    ];

    private static readonly string[] s_spaces = ["", "", "", " ", "\n", "\t", "\r\n", "  \n "];

    private static readonly string[] s_numbers =
        ["0", "-0", "1", "-1", "10.50", "1e5", "1E+5", "2.5e-3", "12345678901234567890", "0.1e0", "9223372036854775808",
            "1e400"];

    private static Gen<string> Space => Gen.Elements(s_spaces);

    private static Gen<string> Text =>
        Gen.Elements(s_letters).ListOf().Resize(8).Select(letters => $"\"{string.Concat(letters)}\"");

    private static Gen<string> Single =>
        Gen.OneOf(Text, Gen.Elements(s_numbers), Gen.Elements("true", "false", "null"));

    [Fact]
    public void Every_JSON_text_parses_as_by_System_Text_Json() =>
        Prop.ForAll(Gen.Sized(size => Document(Math.Min(size, 40))).ToArbitrary(), json =>
        {
            using var document = JsonDocument.Parse(json);
            return Same(document.RootElement, Hocon.Parse(json));
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Rendered_and_parsed_again_every_value_is_what_it_was() =>
        Prop.ForAll(Gen.Sized(size => Document(Math.Min(size, 40))).ToArbitrary(), json =>
        {
            string rendered = Hocon.Parse(json).ToString();
            using var document = JsonDocument.Parse(rendered);
            return rendered == Hocon.Parse(rendered).ToString() && Same(document.RootElement, Hocon.Parse(json));
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Akka_reads_of_its_rendering_what_the_JSON_says() =>
        Prop.ForAll(Gen.Sized(size => Document(Math.Min(size, 40))).ToArbitrary(),
            json => AkkaReading.AssertSame(Hocon.Parse(json)))
            .Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static Gen<string> Document(int size) =>
        Gen.OneOf(Object(size), List(size)).SelectMany(body => Padded(Gen.Constant(body)));

    private static Gen<string> Value(int size) =>
        size < 2 ? Single : Gen.Frequency((3, Single), (1, Object(size / 2)), (1, List(size / 2)));

    private static Gen<string> List(int size) =>
        Padded(Value(size)).ListOf().Resize(Math.Min(size, 6)).Select(items => $"[{string.Join(',', items)}]");

    // A number makes each key unique, because JSON does not define the meaning of two fields with the same name.
    private static Gen<string> Object(int size) => Padded(Text)
        .SelectMany(key => Padded(Value(size)).Select(value => (Key: key, Value: value)))
        .ListOf().Resize(Math.Min(size, 6))
        .Select(
            fields =>
                $"{{{string.Join(',', fields.Select((field, at) => Numbered(field.Key, at) + ":" + field.Value))}}}");

    private static string Numbered(string key, int at) =>
        new StringBuilder(key).Insert(key.IndexOf('"') + 1, at).ToString();

    private static Gen<string> Padded(Gen<string> inner) =>
        Space.SelectMany(before => inner.SelectMany(body => Space.Select(after => before + body + after)));

    private static bool Same(JsonElement json, HoconElement value) => json.ValueKind switch
    {
        JsonValueKind.Object => value is HoconMap @object && json.EnumerateObject().Count() == @object.Count
            && json.EnumerateObject().Index().All(field =>
                @object.KeyAt(field.Index) == field.Item.Name && Same(field.Item.Value, @object.ValueAt(field.Index))),
        JsonValueKind.Array => value is HoconList list && json.GetArrayLength() == list.Count
            && json.EnumerateArray().Index().All(item => Same(item.Item, list[item.Index])),
        JsonValueKind.String => value is HoconText { Type: HoconTextKind.String } text && text.Text == json.GetString(),
        JsonValueKind.Number =>
            value is HoconText { Type: HoconTextKind.Number } number && number.Text == json.GetRawText(),
        JsonValueKind.Null => value is HoconText { Type: HoconTextKind.Null },
        _ => value is HoconText { Type: HoconTextKind.Boolean } truth && truth.Text == json.GetRawText(),
    };
}
