using System.Globalization;
using System.Text;

namespace ActorP2P.Determinism;

/// <summary>Writes a diagram as plain text.</summary>
internal static class TextDiagram
{
    private const int Width = 80;
    private const int Indent = 20;

    public static string Of(CausalDiagram diagram)
    {
        StringBuilder text = new();
        foreach (DiagramMessage message in diagram.Messages)
        {
            string mark = message.IsFailing ? "!" : " ";
            string time = message.HandledAt is { } at ? DiagramTime.Of(at) : "on its way";
            string head = string.Create(CultureInfo.InvariantCulture, $"{mark}{message.Number,3}  {time,-12}  ");
            Wrap(text, head, $"{message.From} -> {message.To}: {message.Text}{Remark(message)}");
            foreach (string note in message.Notes)
            {
                Wrap(text, new string(' ', Indent), $"| {note}");
            }
        }
        if (diagram.FailsInTest)
        {
            Wrap(text, $"!     {DiagramTime.Of(diagram.End),-12}  ", "the test fails");
        }
        return text.ToString();
    }

    private static string Remark(DiagramMessage message)
    {
        List<string> remarks = [];
        if (message is { IsAside: true, HandledAt: not null })
        {
            remarks.Add("aside");
        }
        if (message.IsByTimer)
        {
            remarks.Add("timer");
        }
        if (message.SentDuring > 0 && message.SentDuring != message.Number - 1)
        {
            remarks.Add($"{(message.IsByTimer ? "set" : "sent")} in {message.SentDuring}");
        }
        if (message.HandledAt is { } handled && handled != message.SentAt)
        {
            remarks.Add($"sent at {DiagramTime.Of(message.SentAt)}");
        }
        if (message.IsFailing)
        {
            remarks.Add("fails here");
        }
        return remarks.Count == 0 ? "" : $" ({string.Join(", ", remarks)})";
    }

    private static void Wrap(StringBuilder text, string head, string line)
    {
        string first = head.Length > Indent ? head.TrimEnd() + " " : head;
        int room = Width - first.Length;
        text.Append(first);
        while (line.Length > room)
        {
            int cut = line.LastIndexOf(' ', room);
            cut = cut > room / 2 ? cut : room;
            text.Append(line.AsSpan(0, cut)).Append('\n').Append(' ', Indent + 2);
            line = line[cut..].TrimStart();
            room = Width - Indent - 2;
        }
        text.Append(line).Append('\n');
    }
}
