using System.Globalization;
using System.Net;
using System.Text;

namespace ActorP2P.Benchmarks;

/// <summary>Draws rectangles, lines and words into an SVG. Lengths are pixels, from the upper left corner.</summary>
internal sealed class SvgCanvas
{
    public const string Ink = "#24292f";
    public const string Faint = "#d0d7de";
    public const string Node = "#1f6feb";
    public const string Raw = "#8c959f";
    public const string Missed = "#d1570a";

    private readonly StringBuilder _svg = new();

    public SvgCanvas(int width, int height)
    {
        Write($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" ");
        Write($"font-family=\"sans-serif\" font-size=\"12\">\n");

        // A ground of its own: pages may be dark.
        Box(0, 0, width, height, "#ffffff");
    }

    public void Box(double x, double y, double width, double height, string colour) =>
        Write($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" fill=\"{colour}\"/>\n");

    public void Line(double x1, double y1, double x2, double y2, string colour, double width = 1) =>
        Write($"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"{colour}\" stroke-width=\"{width:0.#}\"/>\n");

    /// <summary>Writes words on the line <paramref name="y"/>; <paramref name="anchor"/> is start, middle or end.</summary>
    public void Text(double x, double y, string words, string anchor = "start", int size = 12) =>
        Write($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"{Ink}\">{WebUtility.HtmlEncode(words)}</text>\n");

    public override string ToString() => $"{_svg}</svg>\n";

    private void Write(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
