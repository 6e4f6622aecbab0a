using System.Globalization;
using System.Net;
using System.Text;

namespace ActorP2P.Simulation;

/// <summary>
/// Draws a chart as SVG for a page whose styles give it its colours. It is plain drawing, so that a report needs no
/// library where it is read.
/// </summary>
internal sealed class SvgChart(string title, ChartAxis x, ChartAxis y)
{
    private const int Width = 620;
    private const int Height = 230;
    private const int Left = 66;
    private const int Right = 14;
    private const int Top = 10;
    private const int Bottom = 24;
    private const int TitleHeight = 22;

    private readonly StringBuilder _body = new();
    private readonly List<string> _legend = [];

    /// <summary>Marks places, such as the times of faults.</summary>
    public SvgChart Mark(IEnumerable<ChartMark> marks)
    {
        foreach (ChartMark mark in marks)
        {
            string at = Text(X(mark.X));
            _body.Append(CultureInfo.InvariantCulture,
                $"""<line class="mark" x1="{at}" x2="{at}" y1="{Top}" y2="{Height - Bottom}">""")
                .Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode(mark.Text)}</title></line>");
        }

        return this;
    }

    /// <summary>Adds lines.</summary>
    public SvgChart Lines(params IEnumerable<ChartLine> lines)
    {
        foreach (ChartLine line in lines)
        {
            string points = string.Join(' ', line.Points.Select(point => $"{Text(X(point.X))},{Text(Y(point.Y))}"));
            _body.Append(CultureInfo.InvariantCulture,
                $"""<polyline class="line c{_legend.Count}" points="{points}">""")
                .Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode(line.Name)}</title></polyline>");
            _legend.Add(line.Name);
        }

        return this;
    }

    /// <summary>Adds dots.</summary>
    public SvgChart Dots(ChartLine dots)
    {
        foreach (ChartPoint point in dots.Points)
        {
            _body.Append(CultureInfo.InvariantCulture,
                $"""<circle class="dot" cx="{Text(X(point.X))}" cy="{Text(Y(point.Y))}" r="2.5">""")
                .Append(CultureInfo.InvariantCulture,
                    $"<title>{Encode(x.Write(point.X))}: {Encode(y.Write(point.Y))}</title></circle>");
        }

        _legend.Add(dots.Name);
        return this;
    }

    /// <summary>Adds bars: each point is the middle of one of equal width.</summary>
    public SvgChart Bars(ChartLine bars, double width)
    {
        foreach (ChartPoint point in bars.Points)
        {
            double from = X(point.X - (width / 2));
            double to = X(point.X + (width / 2));
            double top = Y(point.Y);
            _body.Append(CultureInfo.InvariantCulture,
                $"""<rect class="bar" x="{Text(from)}" y="{Text(top)}" width="{Text(Math.Max(1, to - from - 1))}" """)
                .Append(CultureInfo.InvariantCulture, $"""height="{Text(Height - Bottom - top)}">""")
                .Append(CultureInfo.InvariantCulture,
                    $"<title>{Encode(x.Write(point.X))}: {Encode(y.Write(point.Y))}</title></rect>");
        }

        _legend.Add(bars.Name);
        return this;
    }

    /// <summary>The bounds of the chart as part of a picture, with its title.</summary>
    public static (int Width, int Height) PictureSize => (Width, Height + TitleHeight);

    /// <summary>The chart with its title and the names of its lines, at a place of a picture.</summary>
    public string WriteAt(int left, int top)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture,
            $"""<g transform="translate({left} {top})"><text class="title" x="{Left}" y="14">{Encode(title)}""");
        for (int number = 0; number < _legend.Count; number++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"""<tspan class="key k{number}" dx="12">{Encode(_legend[number])}</tspan>""");
        }

        text.Append(CultureInfo.InvariantCulture, $"""</text><g transform="translate(0 {TitleHeight})">""");
        AppendAxes(text);
        return text.Append(_body).Append("</g></g>\n").ToString();
    }

    /// <summary>The chart with its title and legend.</summary>
    public string Write()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{Encode(title)}");
        for (int number = 0; number < _legend.Count; number++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"""<span class="key"><i class="c{number}"></i>{Encode(_legend[number])}</span>""");
        }

        text.Append("</figcaption>")
            .Append(CultureInfo.InvariantCulture,
                $"""<svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{Encode(title)}" """)
            .Append("""xmlns="http://www.w3.org/2000/svg">""");
        AppendAxes(text);
        return text.Append(_body).Append("</svg></figure>\n").ToString();
    }

    private void AppendAxes(StringBuilder text)
    {
        foreach (double tick in y.Ticks)
        {
            string at = Text(Y(tick));
            text.Append(CultureInfo.InvariantCulture,
                $"""<line class="grid" x1="{Left}" x2="{Width - Right}" y1="{at}" y2="{at}"/>""")
                .Append(CultureInfo.InvariantCulture,
                    $"""<text x="{Left - 6}" y="{Text(Y(tick) + 4)}" text-anchor="end">""")
                .Append(Encode(y.Write(tick))).Append("</text>");
        }

        foreach (double tick in x.Ticks)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"""<text x="{Text(X(tick))}" y="{Height - 6}" text-anchor="middle">{Encode(x.Write(tick))}</text>""");
        }
    }

    private double X(double value) => Left + (x.Place(value) * (Width - Left - Right));

    private double Y(double value) => Height - Bottom - (y.Place(value) * (Height - Top - Bottom));

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
