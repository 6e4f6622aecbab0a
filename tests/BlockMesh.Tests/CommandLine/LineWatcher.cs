using System.Text;
using System.Threading.Channels;

namespace BlockMesh.Tests.CommandLine;

/// <summary>A writer whose lines a test waits for.</summary>
internal sealed class LineWatcher : TextWriter
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value) => _lines.Writer.TryWrite(value ?? string.Empty);

    /// <summary>The next line that begins so; those before it are passed over.</summary>
    public async Task<string> NextAsync(string beginning, CancellationToken cancellation)
    {
        while (true)
        {
            string line = await _lines.Reader.ReadAsync(cancellation);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
