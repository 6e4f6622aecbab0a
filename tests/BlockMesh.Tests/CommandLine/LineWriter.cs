using System.Text;

namespace BlockMesh.Tests.CommandLine;

/// <summary>A writer whose lines a test waits for.</summary>
internal sealed class LineWriter : TextWriter
{
    public LineQueue Lines { get; } = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value) => Lines.Add(value ?? string.Empty);
}
