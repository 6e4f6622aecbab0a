using System.Globalization;
using System.Text;

namespace ActorP2P.Determinism;

/// <summary>Writes a diagram in the language of Mermaid.</summary>
internal static class MermaidDiagram
{
    public static string Of(CausalDiagram diagram)
    {
        StringBuilder text = new("sequenceDiagram\n");
        Dictionary<string, string> names = [];
        foreach (string participant in diagram.Participants)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"P{names.Count + 1}");
            names[participant] = name;
            text.Append(CultureInfo.InvariantCulture, $"    participant {name} as {Escaped(participant)}\n");
        }
        foreach (DiagramMessage message in diagram.Messages)
        {
            // An open arrow is an asynchronous message; one with a cross is not handled.
            string arrow = message.HandledAt is null ? "--x" : message.IsByTimer || message.IsAside ? "--)" : "-)";
            string time = DiagramTime.Of(message.HandledAt ?? message.SentAt);
            text.Append(
                CultureInfo.InvariantCulture,
                $"    {names[message.From]}{arrow}{names[message.To]}: {message.Number}. {Escaped(message.Text)} ");
            text.Append(CultureInfo.InvariantCulture, $"[{time}]\n");
            foreach (string note in message.Notes)
            {
                text.Append(CultureInfo.InvariantCulture, $"    Note over {names[message.To]}: {Escaped(note)}\n");
            }
            if (message.IsFailing)
            {
                text.Append(CultureInfo.InvariantCulture, $"    Note over {names[message.To]}: fails here\n");
            }
        }
        if (diagram is { FailsInTest: true, Participants: [var first, .., var last] })
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"    Note over {names[first]},{names[last]}: the test fails [{DiagramTime.Of(diagram.End)}]\n");
        }
        return text.ToString();
    }

    // Mermaid takes a semicolon for the end of a line, a number sign for an entity, and angle brackets for HTML.
    private static string Escaped(string text)
    {
        StringBuilder escaped = new();
        foreach (char letter in text)
        {
            _ = letter is ';' or '#' or '<' or '>' or '"' or '&' or '%'
                ? escaped.Append(CultureInfo.InvariantCulture, $"#{(int)letter};")
                : escaped.Append(char.IsControl(letter) ? ' ' : letter);
        }
        return escaped.ToString();
    }
}
