namespace ActorP2P.Hocon;

/// <summary>
/// A single value as it was written. It is stored as a place in the text, because most values are never read.
/// </summary>
internal sealed class HoconText : HoconElement
{
    private readonly string _source;
    private readonly int _from;
    private readonly int _length;

    public HoconText(string text, HoconTextKind type = HoconTextKind.String)
        : this(text, 0, text.Length, type)
    {
    }

    public HoconText(string source, int from, int length, HoconTextKind type = HoconTextKind.String)
    {
        _source = source;
        _from = from;
        _length = length;
        Type = type;
    }

    public static HoconText Null { get; } = new("null", HoconTextKind.Null);

    public static HoconText True { get; } = new("true", HoconTextKind.Boolean);

    public static HoconText False { get; } = new("false", HoconTextKind.Boolean);

    // Most lists of numbers contain small ones, and a text of two characters should not take a hundred bytes.
    private static readonly HoconText[] s_single =
        [.. Enumerable.Range(0, 128).Select(code => Made(((char)code).ToString(), 0, 1))];

    /// <summary>One space, which is by far the most frequent separator of two words.</summary>
    public static HoconText OneSpace { get; } = new(" ", HoconTextKind.Space);

    public string Text => _length == _source.Length ? _source : Span.ToString();

    public ReadOnlySpan<char> Span => _source.AsSpan(_from, _length);

    public HoconTextKind Type { get; }

    internal override bool IsResolved => true;

    internal override int Height => 0;

    internal override string Kind => Type switch
    {
        HoconTextKind.Null => "null",
        _ => $"'{Text}'",
    };

    /// <summary>The value of a single unquoted text.</summary>
    public static HoconText FromUnquoted(string source, int from, int length) => source.AsSpan(from, length) switch
    {
        "true" => True,
        "false" => False,
        "null" => Null,
        [var letter] when letter < s_single.Length => s_single[letter],
        _ => Made(source, from, length),
    };

    private static HoconText Made(string source, int from, int length) => new(
        source, from, length,
        HoconCharacters.IsNumber(source.AsSpan(from, length)) ? HoconTextKind.Number : HoconTextKind.String);
}
