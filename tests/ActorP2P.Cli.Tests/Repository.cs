namespace ActorP2P.Cli.Tests;

/// <summary>The files of the checkout in which the tests were built.</summary>
internal static class Repository
{
    /// <summary>The text of a file, with line feeds as line ends.</summary>
    public static string Read(string path)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ActorP2P.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return File.ReadAllText(Path.Combine(
            folder ?? throw new InvalidOperationException("These tests run in a checkout only."), path))
            .ReplaceLineEndings("\n");
    }
}
