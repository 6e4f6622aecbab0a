using System.Runtime.CompilerServices;

namespace ActorP2P.Simulation.Tests.Examples;

/// <summary>The examples in the documentation equal the files in this folder, which are compiled and run.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void Every_example_in_the_documentation_is_a_file_that_runs()
    {
        string here = Here();
        string document = File.ReadAllText(Path.Combine(here, "..", "..", "..", "docs", "testing.md"));
        string[] examples = [.. Directory.GetFiles(here, "*Example.cs").Order(StringComparer.Ordinal)];

        Assert.Equal(5, examples.Length);
        Assert.All(examples,
            file => Assert.Contains($"```csharp\n{File.ReadAllText(file)}```", document, StringComparison.Ordinal));
    }

    private static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
}
