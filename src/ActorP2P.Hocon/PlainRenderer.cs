using System.Text;

namespace ActorP2P.Hocon;

/// <summary>
/// Writes a resolved configuration so that Akka.NET's reader gets the same tree from it. Everything
/// but null is quoted, because that reader fails or guesses at many unquoted texts. Nothing follows a
/// value on its line, because the reader would take blanks there as part of the value. An empty list
/// has nothing between its brackets, because the reader takes a blank as an item.
/// </summary>
internal sealed class PlainRenderer
{
    // Akka.NET's reader recurses for each level and takes up to 1 KiB of stack for one. A hundred levels
    // fit into the smallest stacks in use and are far more than any configuration that people write.
    private const int MostDepth = 100;

    private readonly StringBuilder _text = new();
    private readonly List<HoconElement> _open = [];
    private readonly List<int> _positions = [];

    /// <summary>The text of an object, without braces around it.</summary>
    /// <exception cref="HoconException">Akka.NET cannot hold a value of it, or the text would be too long.</exception>
    public string Render(HoconMap root)
    {
        AppendFields(root);
        return _text.ToString();
    }

    private void AppendFields(HoconMap map)
    {
        Enter(map);
        for (int i = 0; i < map.Count; i++)
        {
            _positions[^1] = i;
            if (map.KeyAt(i).Contains('"'))
            {
                throw Impossible("its paths and its WithFallback fail at a key with a double quote");
            }
            Indent();
            HoconRenderer.AppendQuoted(_text, map.KeyAt(i));
            _text.Append(" : ");
            Append(map.ValueAt(i));
            _text.Append('\n');
        }
        Leave();
    }

    private void AppendItems(HoconList list)
    {
        Enter(list);
        for (int i = 0; i < list.Count; i++)
        {
            _positions[^1] = i;
            _text.Append(i == 0 ? "\n" : ",\n");
            Indent();
            Append(list[i]);
        }
        Leave();
    }

    private void Append(HoconElement value)
    {
        HoconRenderer.CheckLength(_text);
        switch (value)
        {
            case HoconMap { Count: 0 }:
                _text.Append("{}");
                break;
            case HoconMap map:
                _text.Append("{\n");
                AppendFields(map);
                Indent();
                _text.Append('}');
                break;
            case HoconList { Count: 0 }:
                _text.Append("[]");
                break;
            case HoconList list:
                _text.Append('[');
                AppendItems(list);
                _text.Append('\n');
                Indent();
                _text.Append(']');
                break;
            default:
                AppendText((HoconText)value);
                break;
        }
    }

    private void AppendText(HoconText text)
    {
        if (text.Type == HoconTextKind.Null)
        {
            _text.Append("null");
            return;
        }
        if (text.Span is "null")
        {
            throw Impossible("it takes the text null for no value");
        }
        if (text.Span.Trim().Length != text.Span.Length)
        {
            throw Impossible("it cuts off white space at the ends of a text");
        }
        HoconRenderer.AppendQuoted(_text, text.Span);
    }

    private void Enter(HoconElement container)
    {
        if (_open.Count == MostDepth)
        {
            throw Impossible($"objects and lists are nested deeper than {MostDepth}, which may overflow its stack");
        }
        _open.Add(container);
        _positions.Add(0);
    }

    private void Leave()
    {
        _open.RemoveAt(_open.Count - 1);
        _positions.RemoveAt(_positions.Count - 1);
    }

    private void Indent() => _text.Append(' ', (_open.Count - 1) * 2);

    private HoconException Impossible(string reason) => new($"Akka.NET cannot hold the setting {Path()}: {reason}.");

    /// <summary>
    /// The path of the value that is being written, with the numbers of list items in brackets.
    /// </summary>
    private string Path()
    {
        var path = new StringBuilder();
        for (int i = 0; i < _open.Count; i++)
        {
            if (_open[i] is HoconMap map)
            {
                path.Append(i == 0 ? "" : ".").Append(HoconPath.Render([map.KeyAt(_positions[i])]));
            }
            else
            {
                path.Append('[').Append(_positions[i]).Append(']');
            }
        }
        return path.ToString();
    }
}
