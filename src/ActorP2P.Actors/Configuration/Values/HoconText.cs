namespace ActorP2P.Actors;

/// <summary>A single value, kept as it was written.</summary>
internal sealed class HoconText(string text, HoconTextKind type = HoconTextKind.String) : HoconValue
{
    public static HoconText Null { get; } = new("null", HoconTextKind.Null);

    public static HoconText True { get; } = new("true", HoconTextKind.Boolean);

    public static HoconText False { get; } = new("false", HoconTextKind.Boolean);

    // Most lists of numbers are of small ones, and a text of two characters should not become one of a hundred bytes.
    private static readonly HoconText[] s_single =
        [.. Enumerable.Range(0, 128).Select(code => Made(((char)code).ToString()))];

    /// <summary>One space, by far the most frequent thing between two words.</summary>
    public static HoconText OneSpace { get; } = new(" ", HoconTextKind.Space);

    public string Text { get; } = text;

    public HoconTextKind Type { get; } = type;

    internal override bool IsResolved => true;

    internal override int Height => 0;

    internal override string Kind => Type switch
    {
        HoconTextKind.Null => "null",
        _ => $"'{Text}'",
    };

    /// <summary>The value of an unquoted run that stands alone.</summary>
    public static HoconText FromUnquoted(ReadOnlySpan<char> run) => run switch
    {
        "true" => True,
        "false" => False,
        "null" => Null,
        [var letter] when letter < s_single.Length => s_single[letter],
        _ => Made(run.ToString()),
    };

    private static HoconText Made(string run) =>
        new(run, HoconCharacters.IsNumber(run) ? HoconTextKind.Number : HoconTextKind.String);
}
