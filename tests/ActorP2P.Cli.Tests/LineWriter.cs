using System.Text;
using System.Threading.Channels;

namespace ActorP2P.Cli.Tests;

/// <summary>Keeps what a command prints, and gives out each line as soon as it is printed.</summary>
internal sealed class LineWriter : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _all = new();
    private readonly StringBuilder _line = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_lock)
        {
            _all.Append(value);
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }

            _lines.Writer.TryWrite(_line.ToString().TrimEnd('\r'));
            _line.Clear();
        }
    }

    public ValueTask<string> NextAsync(CancellationToken cancellationToken) =>
        _lines.Reader.ReadAsync(cancellationToken);

    public override string ToString()
    {
        lock (_lock)
        {
            return _all.ToString();
        }
    }
}
