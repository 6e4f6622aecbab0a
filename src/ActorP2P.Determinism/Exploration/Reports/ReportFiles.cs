using System.Globalization;
using System.Text;

namespace ActorP2P.Determinism;

/// <summary>Writes the files of a failure.</summary>
internal static class ReportFiles
{
    public const string ReplayEnding = ".replay";

    private const string DefaultFolder = "TestResults";

    /// <summary>Writes the diagram and the schedule.</summary>
    /// <param name="folder">The folder; null for the default, empty for none.</param>
    /// <param name="test">The name of the test.</param>
    /// <param name="schedule">The number of the schedule.</param>
    /// <param name="diagram">The diagram.</param>
    /// <param name="replay">The schedule.</param>
    /// <returns>The paths of the files.</returns>
    public static IReadOnlyList<string> Write(
        string? folder, string test, int schedule, CausalDiagram diagram, string replay)
    {
        if (folder is { Length: 0 })
        {
            return [];
        }
        string directory = Path.GetFullPath(folder ?? Path.Combine(AppContext.BaseDirectory, DefaultFolder));
        Directory.CreateDirectory(directory);
        string name = string.Create(CultureInfo.InvariantCulture, $"{Safe(test)}-{schedule}");
        return
        [
            Write(directory, name + ".svg", diagram.ToSvg()),
            Write(directory, name + ".html", diagram.ToHtml()),
            Write(directory, name + ".mmd", diagram.ToMermaid()),
            Write(directory, name + ".txt", diagram.ToText()),
            Write(directory, name + ReplayEnding, replay),
        ];
    }

    private static string Write(string directory, string name, string text)
    {
        string path = Path.Combine(directory, name);
        File.WriteAllText(path, text, Encoding.UTF8);
        return path;
    }

    private static string Safe(string name)
    {
        const int MaxName = 100;
        string safe = string.Concat(
            name.Select(static one => char.IsAsciiLetterOrDigit(one) || one is '_' or '.' ? one : '-'));
        return safe.Length <= MaxName ? safe : safe[..MaxName];
    }
}
