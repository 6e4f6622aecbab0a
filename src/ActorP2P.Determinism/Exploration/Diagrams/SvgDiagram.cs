using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace ActorP2P.Determinism;

/// <summary>
/// Draws a diagram as SVG: a column for each participant, time downwards, an arrow from sending to handling.
/// </summary>
internal sealed class SvgDiagram
{
    private const int Left = 110;
    private const int Top = 64;
    private const int Column = 190;
    private const int Row = 40;
    private const int NoteRow = 16;
    private const int Letters = 26;
    private const int TextLetters = 56;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly CausalDiagram _diagram;
    private readonly Dictionary<string, int> _columns = [];
    private readonly int[] _rows;
    private readonly int _height;

    public SvgDiagram(CausalDiagram diagram)
    {
        _diagram = diagram;
        foreach (string participant in diagram.Participants)
        {
            _columns[participant] = Left + (Column / 2) + (Column * _columns.Count);
        }
        _rows = new int[diagram.Messages.Count];
        int y = Top;
        for (int at = 0; at < _rows.Length; at++)
        {
            y += Row;
            _rows[at] = y;
            y += NoteRow * diagram.Messages[at].Notes.Count;
        }
        _height = y + Row;
    }

    private int Width => Left + (Column * Math.Max(1, _columns.Count)) + 20;

    /// <summary>The picture.</summary>
    public XElement ToXml()
    {
        XElement picture = new(
            s_svg + "svg",
            new XAttribute("viewBox", Text($"0 0 {Width} {_height}")),
            new XAttribute("width", Text($"{Width}")),
            new XAttribute("height", Text($"{_height}")),
            new XAttribute("font-family", "sans-serif"),
            new XAttribute("font-size", "12"),
            new XAttribute("role", "img"),
            new XElement(s_svg + "title", Clean(_diagram.Title)),
            Marker(),
            Box(0, 0, Width, _height, "#ffffff"));
        foreach ((string participant, int x) in _columns)
        {
            picture.Add(
                Line(x, Top - 10, x, _height - 12, "#b0b8c0", "3 3"),
                Box(x - (Column / 2) + 6, 20, Column - 12, 30, "#e8eef4"),
                Label(x, 39, Short(participant, Letters), "middle", "#10202c", participant));
        }
        for (int at = 0; at < _rows.Length; at++)
        {
            Draw(picture, at);
        }
        if (_diagram.FailsInTest)
        {
            string time = DiagramTime.Of(_diagram.End);
            picture.Add(
                Label(8, _height - 14, time, "start", "#506070", time),
                Label(Left, _height - 14, "the test fails", "start", "#c02020", _diagram.Title));
        }
        return picture;
    }

    /// <inheritdoc/>
    public override string ToString() => ToXml().ToString();

    private void Draw(XElement picture, int at)
    {
        DiagramMessage message = _diagram.Messages[at];
        int from = _columns[message.From];
        int to = _columns[message.To];
        int end = _rows[at];
        int begin = message.SentDuring > 0 && message.SentDuring <= at ? _rows[message.SentDuring - 1] : end;
        // A message that is handled next is drawn flat; one that others went ahead of begins where it was sent.
        begin = message.SentDuring == at || begin >= end ? end - 6 : begin + 6;
        string colour = message.IsFailing ? "#c02020" : message.IsAside ? "#909090" : "#205080";
        string? dash = message.HandledAt is null ? "2 4" : message.IsByTimer ? "6 3" : null;
        TimeSpan time = message.HandledAt ?? message.SentAt;
        picture.Add(Label(8, end, DiagramTime.Of(time), "start", "#506070", DiagramTime.Of(time)));
        picture.Add(from == to ? Loop(from, end, colour, dash) : Arrow(from, begin, to, end, colour, dash));
        int middle = from == to ? from + 40 : Math.Min(from, to) + (Math.Abs(to - from) / 2);
        string anchor = from == to ? "start" : "middle";
        string label = Short(message.Text, TextLetters) + Remark(message);
        string text = string.Create(CultureInfo.InvariantCulture, $"{message.Number}. {label}");
        picture.Add(Label(middle, ((begin + end) / 2) - 6, text, anchor, colour, message.Text));
        for (int number = 0; number < message.Notes.Count; number++)
        {
            string note = message.Notes[number];
            int y = end + (NoteRow * (number + 1));
            picture.Add(Label(to + 8, y, Short(note, TextLetters), "start", "#706020", note));
        }
    }

    private static string Remark(DiagramMessage message) => message switch
    {
        { IsFailing: true } => " - fails here",
        { HandledAt: null } => " - on its way",
        { IsAside: true } => " - aside",
        _ => "",
    };

    private static XElement Marker() => new(
        s_svg + "defs",
        new XElement(
            s_svg + "marker",
            new XAttribute("id", "head"),
            new XAttribute("viewBox", "0 0 10 10"),
            new XAttribute("refX", "10"),
            new XAttribute("refY", "5"),
            new XAttribute("markerWidth", "8"),
            new XAttribute("markerHeight", "8"),
            new XAttribute("orient", "auto-start-reverse"),
            new XElement(
                s_svg + "path", new XAttribute("d", "M0,0 L10,5 L0,10 z"), new XAttribute("fill", "#205080"))));

    private static XElement Arrow(int x, int y, int toX, int toY, string colour, string? dash)
    {
        XElement line = Line(x, y, toX, toY, colour, dash);
        line.Add(new XAttribute("marker-end", "url(#head)"));
        return line;
    }

    private static XElement Loop(int x, int y, string colour, string? dash)
    {
        XElement loop = new(
            s_svg + "path",
            new XAttribute("d", Text($"M{x},{y - 14} h30 v14 h-30")),
            new XAttribute("fill", "none"),
            new XAttribute("stroke", colour),
            new XAttribute("marker-end", "url(#head)"));
        if (dash is not null)
        {
            loop.Add(new XAttribute("stroke-dasharray", dash));
        }
        return loop;
    }

    private static XElement Line(int x, int y, int toX, int toY, string colour, string? dash)
    {
        XElement line = new(
            s_svg + "line",
            new XAttribute("x1", Text($"{x}")),
            new XAttribute("y1", Text($"{y}")),
            new XAttribute("x2", Text($"{toX}")),
            new XAttribute("y2", Text($"{toY}")),
            new XAttribute("stroke", colour));
        if (dash is not null)
        {
            line.Add(new XAttribute("stroke-dasharray", dash));
        }
        return line;
    }

    private static XElement Box(int x, int y, int width, int height, string colour) => new(
        s_svg + "rect",
        new XAttribute("x", Text($"{x}")),
        new XAttribute("y", Text($"{y}")),
        new XAttribute("width", Text($"{width}")),
        new XAttribute("height", Text($"{height}")),
        new XAttribute("rx", "4"),
        new XAttribute("fill", colour));

    // What was cut is shown when the pointer is on it.
    private static XElement Label(int x, int y, string text, string anchor, string colour, string whole) => new(
        s_svg + "text",
        new XAttribute("x", Text($"{x}")),
        new XAttribute("y", Text($"{y}")),
        new XAttribute("text-anchor", anchor),
        new XAttribute("fill", colour),
        Clean(text),
        new XElement(s_svg + "title", Clean(whole)));

    private static string Short(string text, int letters) =>
        text.Length <= letters ? text : string.Concat(text.AsSpan(0, letters - 3), "...");

    // XML knows no other control characters, not even escaped.
    private static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isFit = rune.Value >= ' ' && rune.Value is not (0xFFFE or 0xFFFF);
            clean.Append(isFit ? rune.ToString() : " ");
        }
        return clean.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
