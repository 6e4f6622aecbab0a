using System.Globalization;
using System.Text;

namespace ActorP2P.Actors;

/// <summary>A format and its arguments, put together only when a logger asks for the text.</summary>
internal sealed class LogText(string format, object?[] args)
{
    /// <summary>Numbered holes take the argument of that number, named ones the next in line; a bad format is shown as it is.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        int next = 0;
        for (int at = 0; at < format.Length; at++)
        {
            int end = format[at] == '{' ? format.IndexOf('}', at) : -1;
            bool doubled = at + 1 < format.Length && format[at] is '{' or '}' && format[at + 1] == format[at];
            if (doubled || end < 0)
            {
                text.Append(format[at]);
                at += doubled ? 1 : 0;
                continue;
            }
            string[] hole = format[(at + 1)..end].Split(':', 2);
            int index = int.TryParse(hole[0], CultureInfo.InvariantCulture, out int number) ? number : next++;
            Append(text, format[at..(end + 1)], index, hole.Length > 1 ? hole[1] : null);
            at = end;
        }
        return text.ToString();
    }

    private void Append(StringBuilder text, string hole, int index, string? itemFormat)
    {
        if (index >= args.Length || index < 0)
        {
            text.Append(hole);
        }
        else if (args[index] is IFormattable formattable)
        {
            text.Append(formattable.ToString(itemFormat, CultureInfo.InvariantCulture));
        }
        else
        {
            text.Append(args[index]);
        }
    }
}
