using System.Text.Json;

namespace ActorP2P.Cli.Tests;

/// <summary>What a command has printed, and its exit code.</summary>
internal sealed record ToolResult(int Code, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A line of the output as JSON.</summary>
    public JsonElement Json(int line = 0) => Parse(Lines[line]);

    public static JsonElement Parse(string line)
    {
        using JsonDocument parsed = JsonDocument.Parse(line);
        return parsed.RootElement.Clone();
    }
}
